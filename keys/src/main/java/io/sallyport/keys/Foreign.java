package io.sallyport.keys;

import io.sallyport.keys.KeyLine.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Recognises what people send in place of a public key line, to say what it is and what to do. */
final class Foreign {
    private static final List<String> PRIVATE = List.of("PRIVATE KEY", "PuTTY-User-Key-File");
    private static final int SHOWN = 60;

    private Foreign() {}

    /** Looks for other formats; a private key is told first, however long the text is. */
    static Optional<Refused> recognise(String text) {
        if (PRIVATE.stream().anyMatch(text::contains)) {
            return Optional.of(new Refused(
                    "this is a private key: if it has left the machine that it was made on, it is leaked",
                    "give its .pub file, or that of a new key from ssh-keygen -t ed25519"));
        }
        if (text.contains("---- BEGIN SSH2 PUBLIC KEY")) {
            return Optional.of(new Refused("a key in RFC 4716 format", "convert it: ssh-keygen -i -f FILE"));
        }
        if (text.contains("-----BEGIN")) {
            return Optional.of(new Refused("a key in PEM format", "convert it: ssh-keygen -i -m PKCS8 -f FILE"));
        }
        if (text.strip().startsWith("SHA256:")) {
            return Optional.of(new Refused("only a fingerprint", "send the line of the .pub file"));
        }
        return Optional.empty();
    }

    /** Says why a line does not begin with a type that is accepted. */
    static Refused unknownType(String type, String line) {
        String accepted = "accepted are " + String.join(", ", KeyType.NAMES);
        if (type.endsWith("-cert-v01@openssh.com")) {
            return new Refused("a certificate, not a key", "send the .pub file without -cert in its name");
        }
        if (type.equals("ssh-dss")) {
            return new Refused("DSA keys are too weak", "make a new key: ssh-keygen -t ed25519");
        }
        if (Arrays.stream(line.split("[ \t]")).skip(1).anyMatch(KeyType.NAMES::contains)) {
            return new Refused("options before the key are not supported", "send the line from its type on");
        }
        if (KeyType.of(type.toLowerCase(Locale.ROOT)).isPresent()) {
            return new Refused("the type is written in lower case", accepted);
        }
        String shown = type.length() > SHOWN ? type.substring(0, SHOWN) + "…" : type;
        return new Refused("unknown type of key '" + shown + "'", accepted);
    }
}
