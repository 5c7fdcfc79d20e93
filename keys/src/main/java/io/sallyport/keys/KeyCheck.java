package io.sallyport.keys;

import io.sallyport.keys.KeyLine.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryDecoder;
import org.apache.sshd.common.config.keys.u2f.SecurityKeyPublicKey;
import org.bouncycastle.jcajce.interfaces.EdDSAPublicKey;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Decodes a public key with the code that will check its signatures, and says what is wrong with it. */
final class KeyCheck {
    private static final int RSA_FEWEST_BITS = 3072;
    private static final Refused MALFORMED =
            new Refused("the key is malformed", "send the line of the .pub file unchanged");
    private static final String NEW_KEY = "make a new key: ssh-keygen -t ed25519";

    private KeyCheck() {}

    /** Why the bytes are no acceptable key of the type; empty when they are one. */
    static Optional<Refused> fault(KeyType type, byte[] blob) {
        Optional<String> inside = typeInside(blob);
        if (inside.isEmpty()) {
            return Optional.of(MALFORMED);
        }
        if (!inside.get().equals(type.sshName())) {
            return Optional.of(new Refused(
                    "the line says " + type.sshName() + ", the key is of another type",
                    "send the line of the .pub file unchanged"));
        }
        try {
            return decoded(type, blob);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return Optional.of(MALFORMED); // the library throws of all three kinds for bytes that are no key
        }
    }

    private static Optional<String> typeInside(byte[] blob) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(blob);
            int length = bytes.getInt();
            return length < 0 || length > bytes.remaining()
                    ? Optional.empty()
                    : Optional.of(new String(blob, Integer.BYTES, length, StandardCharsets.ISO_8859_1));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** The key as the library has it. The blob has been checked before. */
    static PublicKey decode(KeyBlob key) throws IOException, GeneralSecurityException {
        return decoder(key.type()).resolve(null, key.type().sshName(), key.bytes(), Map.of());
    }

    @SuppressWarnings("unchecked") // the decoder of a type encodes what it has decoded
    private static PublicKeyEntryDecoder<PublicKey, ?> decoder(KeyType type) {
        return (PublicKeyEntryDecoder<PublicKey, ?>) KeyUtils.getPublicKeyEntryDecoder(type.sshName());
    }

    private static Optional<Refused> decoded(KeyType type, byte[] blob) throws IOException, GeneralSecurityException {
        PublicKeyEntryDecoder<PublicKey, ?> decoder = decoder(type);
        PublicKey key = decoder.resolve(null, type.sshName(), blob, Map.of());
        ByteArrayOutputStream again = new ByteArrayOutputStream(blob.length);
        decoder.encodePublicKey(again, key);
        // Bytes left over, or numbers written in an unusual way: the fingerprint at log-in would be another.
        return Arrays.equals(again.toByteArray(), blob) ? weakness(key) : Optional.of(MALFORMED);
    }

    private static Optional<Refused> weakness(PublicKey key) {
        return switch (key) {
            case SecurityKeyPublicKey<?> onDevice -> weakness(onDevice.getDelegatePublicKey());
            case RSAPublicKey rsa -> rsa(rsa.getModulus().bitLength(), rsa.getPublicExponent());
            case ECPublicKey ec -> onCurve(ec) ? Optional.empty() : Optional.of(MALFORMED);
            case EdDSAPublicKey ed -> usable(ed) ? Optional.empty() : Optional.of(MALFORMED);
            default -> throw new IllegalStateException("a decoder gave " + key.getClass());
        };
    }

    /** Whether it is a point of the large group; a signature by one of the small group proves nothing. */
    private static boolean usable(EdDSAPublicKey key) {
        return Ed25519.validatePublicKeyFull(key.getPointEncoding(), 0);
    }

    private static Optional<Refused> rsa(int bits, BigInteger exponent) {
        if (bits < RSA_FEWEST_BITS) {
            return Optional.of(
                    new Refused("RSA with " + bits + " bits, at least " + RSA_FEWEST_BITS + " are needed", NEW_KEY));
        }
        boolean sound = exponent.testBit(0) && exponent.compareTo(BigInteger.TWO) > 0;
        return sound ? Optional.empty() : Optional.of(MALFORMED);
    }

    /** Whether y² = x³ + ax + b holds modulo p (SEC 1, section 3.2.2.1). */
    private static boolean onCurve(ECPublicKey key) {
        BigInteger p = ((ECFieldFp) key.getParams().getCurve().getField()).getP();
        BigInteger a = key.getParams().getCurve().getA();
        BigInteger b = key.getParams().getCurve().getB();
        ECPoint point = key.getW();
        if (point.equals(ECPoint.POINT_INFINITY) || point.getAffineX().compareTo(p) >= 0) {
            return false;
        }
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        return y.compareTo(p) < 0
                && y.multiply(y)
                        .mod(p)
                        .equals(x.pow(3).add(a.multiply(x)).add(b).mod(p));
    }
}
