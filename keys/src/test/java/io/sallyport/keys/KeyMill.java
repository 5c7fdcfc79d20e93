package io.sallyport.keys;

import java.util.Random;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Makes many Ed25519 public key lines fast, the same for the same seed. */
final class KeyMill {
    private final Random random;

    KeyMill(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(secret);
        byte[] point = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(secret, 0, point, 0);
        return new Wire().string("ssh-ed25519").string(point).line("ssh-ed25519");
    }
}
