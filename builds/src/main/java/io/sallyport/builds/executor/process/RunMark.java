package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.shell.ShellJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The value of a variable that all processes of a run are started with, so that they can be found without the gateway
 * that started them. It begins alike for all runs with one workspaces folder, and tells nothing of where that is.
 */
record RunMark(String value) {
    /** The variable's name. */
    static final String VARIABLE = ShellJob.RUN;

    private static final int BYTES = 8;

    static RunMark of(Path workspaces, String run) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(workspaces.toString().getBytes(StandardCharsets.UTF_8));
            return new RunMark(HexFormat.of().formatHex(digest, 0, BYTES) + "-" + run);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** As it stands in an environment. */
    String entry() {
        return VARIABLE + "=" + value;
    }
}
