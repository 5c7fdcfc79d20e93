package io.sallyport.gateway;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A TCP port as it is given on the command line; 0 lets the system choose. */
final class PortNumber implements ITypeConverter<Integer> {
    private static final int BIGGEST = 65_535;

    @Override
    public Integer convert(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= BIGGEST) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Falls to the one sentence that says what a port is.
        }
        throw new TypeConversionException("a port is a number from 0 to " + BIGGEST + ", not '" + text + "'");
    }
}
