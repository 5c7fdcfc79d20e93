package io.sallyport.gateway.policy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;

/** Makes Ed25519 public keys as lines of authorized_keys (RFC 8709, section 4). */
final class KeyLines {
    private static final int POINT = 32;
    private static final String TYPE = "ssh-ed25519";

    private KeyLines() {}

    static String next() {
        try {
            byte[] encoded = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPublic()
                    .getEncoded();
            ByteArrayOutputStream blob = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(blob);
            for (byte[] field : new byte[][] {
                TYPE.getBytes(StandardCharsets.US_ASCII),
                Arrays.copyOfRange(encoded, encoded.length - POINT, encoded.length)
            }) {
                out.writeInt(field.length);
                out.write(field);
            }
            return TYPE + " " + Base64.getEncoder().encodeToString(blob.toByteArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
