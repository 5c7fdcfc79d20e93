package io.sallyport.keys;

import java.nio.charset.StandardCharsets;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/** Checks signatures as they are in SSH (RFC 4253, section 6.6; OpenSSH's PROTOCOL.u2f for keys on devices). */
enum SignatureCheck {
    /** It is not by this key, or not over these bytes. */
    BAD,
    /** It is by the key. With a key on a device, its user was there. */
    GOOD,
    /** And the device has made sure, by PIN or finger, that it was its own user. */
    GOOD_AND_VERIFIED;

    private static final int USER_VERIFIED = 4;

    /** Checks a signature that must be made with the algorithm. */
    static SignatureCheck of(KeyBlob key, String algorithm, byte[] data, byte[] signature) {
        BuiltinSignatures known = BuiltinSignatures.fromFactoryName(algorithm);
        if (known == null || !key.type().signatures().contains(algorithm)) {
            return BAD;
        }
        try {
            WireReader wire = new WireReader(signature);
            if (!new String(wire.string("algorithm"), StandardCharsets.ISO_8859_1).equals(algorithm)) {
                return BAD;
            }
            Signature verifier = known.create();
            verifier.initVerifier(null, KeyCheck.decode(key));
            verifier.update(null, data);
            return verifier.verify(null, signature) ? good(key, wire) : BAD;
        } catch (Exception e) {
            return BAD; // the library's method throws whatever it meets in bytes that are no signature
        }
    }

    private static SignatureCheck good(KeyBlob key, WireReader wire) throws WireReader.Malformed {
        if (!key.type().onDevice()) {
            return GOOD;
        }
        wire.string("signature");
        return (wire.uint8("flags") & USER_VERIFIED) == 0 ? GOOD : GOOD_AND_VERIFIED;
    }

    /** The algorithm that a signature names; empty when it names none. */
    static String algorithm(byte[] signature) {
        try {
            return new String(new WireReader(signature).string("algorithm"), StandardCharsets.ISO_8859_1);
        } catch (WireReader.Malformed e) {
            return "";
        }
    }
}
