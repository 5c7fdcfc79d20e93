package io.sallyport.builds.evidence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A signed statement in a DSSE envelope (Dead Simple Signing Envelope, version 1.0.2). */
final class Envelope {
    /** The type of statements (in-toto Attestation Framework, version 1). */
    static final String IN_TOTO = "application/vnd.in-toto+json";

    private Envelope() {}

    /** One line of JSON, without line feed. */
    static String of(byte[] payload, Signer signer) {
        Base64.Encoder base64 = Base64.getEncoder();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("payloadType", IN_TOTO);
        json.put("payload", base64.encodeToString(payload));
        json.putArray("signatures")
                .addObject()
                .put("keyid", signer.keyId())
                .put("sig", base64.encodeToString(signer.signature(preAuthentication(payload))));
        return json.toString();
    }

    /** What is signed: type and payload with their lengths (PAE), so that no two pairs give the same bytes. */
    static byte[] preAuthentication(byte[] payload) {
        byte[] type = IN_TOTO.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 64);
        bytes.writeBytes(ascii("DSSEv1 " + type.length + " "));
        bytes.writeBytes(type);
        bytes.writeBytes(ascii(" " + payload.length + " "));
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
