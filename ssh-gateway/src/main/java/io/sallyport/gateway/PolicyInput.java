package io.sallyport.gateway;

import io.sallyport.gateway.policy.PolicyReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that a command reads a policy from. */
final class PolicyInput {
    private static final int NO_INPUT = 66;

    private PolicyInput() {}

    /** Its bytes, or one more than a policy may have. */
    static byte[] read(Path file) throws Refused {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(PolicyReader.LARGEST + 1);
        } catch (IOException e) {
            throw new Refused("cannot read the policy " + file, NO_INPUT);
        }
    }
}
