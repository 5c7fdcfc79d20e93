package io.sallyport.client.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one run of the command gave.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
record SallyRun(int status, byte[] out, String err) {
    /** Runs it without terminals and without input. */
    static SallyRun of(Path folder, Map<String, String> environment, String... args) {
        return of(folder, environment, new byte[0], args);
    }

    /** Runs it with standard input. */
    static SallyRun of(Path folder, Map<String, String> environment, byte[] input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return of(folder, environment, input, out, out, args);
    }

    /** Runs it with a standard output of the test's, which writes to the bytes in the end. */
    static SallyRun of(
            Path folder,
            Map<String, String> environment,
            byte[] input,
            OutputStream output,
            ByteArrayOutputStream bytes,
            String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings =
                new Surroundings(environment, folder, new ByteArrayInputStream(input), output, err, Terminals.none());
        int status = Sally.run(surroundings, args);
        return new SallyRun(status, bytes.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output as text. */
    String text() {
        return new String(out, StandardCharsets.UTF_8);
    }
}
