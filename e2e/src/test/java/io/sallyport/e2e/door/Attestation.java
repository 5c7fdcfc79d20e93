package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A DSSE envelope, read and verified with nothing but the JDK. */
record Attestation(String type, byte[] payload, byte[] signature, String keyId) {
    /** What stands before the 32 bytes of an Ed25519 key in X.509 (RFC 8410, section 4). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    static Attestation read(Path file) throws IOException {
        JsonNode envelope = Json.line(Files.readString(file));
        JsonNode signature = envelope.at("/signatures/0");
        return new Attestation(
                envelope.path("payloadType").asText(),
                Base64.getDecoder().decode(envelope.path("payload").asText()),
                Base64.getDecoder().decode(signature.path("sig").asText()),
                signature.path("keyid").asText());
    }

    JsonNode statement() {
        return Json.document(new String(payload, UTF_8));
    }

    /** The same with another word in the statement. */
    Attestation with(String word, String other) {
        byte[] changed = new String(payload, UTF_8).replace(word, other).getBytes(UTF_8);
        return new Attestation(type, changed, signature, keyId);
    }

    Attestation withType(String other) {
        return new Attestation(other, payload, signature, keyId);
    }

    /** Whether the last key of a file signed it: type and base64 stand side by side in every kind of key file. */
    boolean verifies(Path keys) throws IOException, GeneralSecurityException {
        String base64 = Files.readString(keys).strip().replaceFirst("(?s).*ssh-ed25519 (\\S+).*", "$1");
        byte[] blob = Base64.getDecoder().decode(base64);
        byte[] x509 = Arrays.copyOf(X509, X509.length + 32);
        System.arraycopy(blob, blob.length - 32, x509, X509.length, 32);
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(("DSSEv1 " + type.length() + " " + type + " " + payload.length + " ").getBytes(UTF_8));
        signed.writeBytes(payload);
        verifier.update(signed.toByteArray());
        return verifier.verify(signature);
    }

    static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
