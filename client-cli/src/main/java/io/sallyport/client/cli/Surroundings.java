package io.sallyport.client.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * All that a command has around it.
 *
 * @param environment variables
 * @param folder the working folder
 * @param in standard input
 * @param out standard output, unbuffered
 * @param err standard error, unbuffered
 * @param terminals which of the three are terminals
 */
record Surroundings(
        Map<String, String> environment,
        Path folder,
        InputStream in,
        OutputStream out,
        OutputStream err,
        Terminals terminals) {
    /** Those of this process. The streams of {@link System} would hide a closed pipe or a full disk. */
    static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Terminals.ofProcess());
    }
}
