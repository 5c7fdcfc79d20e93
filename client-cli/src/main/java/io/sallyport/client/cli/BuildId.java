package io.sallyport.client.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the ID of a build: a number from 1. */
final class BuildId implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        try {
            long id = Long.parseLong(text);
            if (id > 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new TypeConversionException("'" + text + "' is not the ID of a build, which is a number");
    }
}
