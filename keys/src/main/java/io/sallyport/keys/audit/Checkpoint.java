package io.sallyport.keys.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.keys.HostKey;
import io.sallyport.keys.SshSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the chain was at a time, signed by the host key: whoever keeps it elsewhere can tell a log that was cut off at its
 * end, or written anew as a whole.
 *
 * @param place after the last record of that time
 * @param time of the signature
 * @param statement what is signed, one line: sequence number, hash and time, parted by blanks
 * @param signature in OpenSSH's format (its PROTOCOL.sshsig), namespace {@value #NAMESPACE}
 * @param key that has signed, as in a {@code .pub} file: type and base64
 */
public record Checkpoint(ChainEnd place, String time, String statement, String signature, String key) {
    /** What the signatures are for. */
    public static final String NAMESPACE = "sallyport-audit";

    static final String TYPE = "checkpoint";

    private static final Pattern STATEMENT =
            Pattern.compile("([1-9]\\d{0,18}) ([0-9a-f]{64}) (\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}Z)\n");

    /** Signs. */
    static Checkpoint of(ChainEnd place, Instant now, HostKey key) {
        String time = Line.text(now);
        String statement = place.sequence() + " " + place.hash() + " " + time + "\n";
        String signature = key.sign(NAMESPACE, statement.getBytes(StandardCharsets.UTF_8));
        return new Checkpoint(place, time, statement, signature, key.publicLine());
    }

    /** Adds its members to an object: {@code statement}, {@code signature} and {@code key}. */
    public ObjectNode addTo(ObjectNode json) {
        return json.put("statement", statement).put("signature", signature).put("key", key);
    }

    /** Reads what {@link #addTo} has written; empty when it is anything else. Nothing is said of its signature. */
    public static Optional<Checkpoint> read(JsonNode json) {
        Matcher statement = STATEMENT.matcher(json.path("statement").asText());
        if (!statement.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Checkpoint(
                    new ChainEnd(Long.parseLong(statement.group(1)), statement.group(2)),
                    statement.group(3),
                    statement.group(),
                    json.path("signature").asText(),
                    json.path("key").asText()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Why the signature is not one of the key that it names; empty when it is. */
    public Optional<String> fault() {
        return faultBy(key);
    }

    /** Why the signature is not one of a key, in the form of {@code key}, that one knows; empty when it is. */
    public Optional<String> faultBy(String publicLine) {
        try {
            return SshSignature.fault(signature, publicLine, NAMESPACE, statement.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.of("its key is no Ed25519 public key");
        }
    }
}
