package io.sallyport.keys;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The types of public keys that may log in (RFC 4253, 5656, 8709; OpenSSH's PROTOCOL.u2f and PROTOCOL.certkeys). */
enum KeyType {
    ED25519("ssh-ed25519", 1),
    ED25519_SK("sk-ssh-ed25519@openssh.com", 2),
    ECDSA_P256("ecdsa-sha2-nistp256", 2),
    ECDSA_P384("ecdsa-sha2-nistp384", 2),
    ECDSA_P521("ecdsa-sha2-nistp521", 2),
    ECDSA_P256_SK("sk-ecdsa-sha2-nistp256@openssh.com", 3),
    RSA("ssh-rsa", 2);

    /** The names in the order of recommendation. */
    static final List<String> NAMES = Stream.of(values()).map(KeyType::sshName).toList();

    private static final String VENDOR = "@openssh.com";
    private static final String CERTIFICATE = "-cert-v01" + VENDOR;

    private final String sshName;
    private final int fields;

    KeyType(String sshName, int fields) {
        this.sshName = sshName;
        this.fields = fields;
    }

    /** The name in key lines and inside the key itself. */
    String sshName() {
        return sshName;
    }

    /** How many fields follow the name inside the key; all of them are strings. */
    int fields() {
        return fields;
    }

    /** The name of certificates of such keys. */
    String certificateName() {
        return certified(sshName);
    }

    /** Whether the key is on a device that tells of its user with each signature. */
    boolean onDevice() {
        return this == ED25519_SK || this == ECDSA_P256_SK;
    }

    /** The algorithms that such a key signs with; never with SHA-1. */
    List<String> signatures() {
        return this == RSA ? List.of("rsa-sha2-512", "rsa-sha2-256") : List.of(sshName);
    }

    /** The algorithm of the signature itself for one that an authentication request names, with a key of this type. */
    Optional<String> signatureFor(String requested, boolean certificate) {
        return signatures().stream()
                .filter(signature -> requested.equals(certificate ? certified(signature) : signature))
                .findFirst();
    }

    static Optional<KeyType> of(String name) {
        return Stream.of(values()).filter(type -> type.sshName.equals(name)).findFirst();
    }

    /** The type of key whose certificates have that name. */
    static Optional<KeyType> ofCertificate(String name) {
        return Stream.of(values())
                .filter(type -> type.certificateName().equals(name))
                .findFirst();
    }

    private static String certified(String name) {
        return name.replace(VENDOR, "") + CERTIFICATE;
    }
}
