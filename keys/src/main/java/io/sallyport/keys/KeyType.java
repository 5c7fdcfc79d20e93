package io.sallyport.keys;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The types of public keys that may log in (RFC 4253, 5656, 8709; OpenSSH's PROTOCOL.u2f). */
enum KeyType {
    ED25519("ssh-ed25519"),
    ED25519_SK("sk-ssh-ed25519@openssh.com"),
    ECDSA_P256("ecdsa-sha2-nistp256"),
    ECDSA_P384("ecdsa-sha2-nistp384"),
    ECDSA_P521("ecdsa-sha2-nistp521"),
    ECDSA_P256_SK("sk-ecdsa-sha2-nistp256@openssh.com"),
    RSA("ssh-rsa");

    /** The names in the order of recommendation. */
    static final List<String> NAMES = Stream.of(values()).map(KeyType::sshName).toList();

    private final String sshName;

    KeyType(String sshName) {
        this.sshName = sshName;
    }

    /** The name in key lines and inside the key itself. */
    String sshName() {
        return sshName;
    }

    static Optional<KeyType> of(String name) {
        return Stream.of(values()).filter(type -> type.sshName.equals(name)).findFirst();
    }
}
