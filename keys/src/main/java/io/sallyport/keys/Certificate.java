package io.sallyport.keys;

import io.sallyport.keys.WireReader.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An OpenSSH certificate (PROTOCOL.certkeys), read but not believed: nothing is said yet of its signature, its
 * authority or its time.
 *
 * @param key that is certified, of an accepted type and checked
 * @param serial unsigned
 * @param kind 1 for users, 2 for hosts
 * @param principals in order
 * @param validAfter the first second at which it is valid, since 1970, unsigned
 * @param validBefore the first second at which it is not, since 1970, unsigned
 * @param critical options that must be understood, their values still wrapped
 * @param authority the key that is said to have signed it, of an accepted type and checked
 * @param signed the bytes under the signature
 * @param signature over them
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares certificates, and nobody changes their bytes
record Certificate(
        KeyBlob key,
        long serial,
        int kind,
        String keyId,
        List<String> principals,
        long validAfter,
        long validBefore,
        Map<String, byte[]> critical,
        KeyBlob authority,
        byte[] signed,
        byte[] signature) {
    static final int USER = 1;
    static final int HOST = 2;

    private static final int LARGEST = 32 * 1024;
    private static final int LONGEST_TEXT = 256;

    /** The first moment at which it is not valid; the last that there is when it is beyond. */
    Instant end() {
        return Long.compareUnsigned(validBefore, Instant.MAX.getEpochSecond()) < 0
                ? Instant.ofEpochSecond(validBefore)
                : Instant.MAX;
    }

    /** Whether the bytes say of themselves that they are a certificate. */
    static boolean isOne(byte[] blob) {
        return type(blob).isPresent();
    }

    /** Reads one; whatever follows it makes it malformed. */
    static Certificate read(byte[] blob) throws Malformed {
        if (blob.length > LARGEST) {
            throw new Malformed("longer than " + LARGEST + " bytes");
        }
        KeyType type = type(blob).orElseThrow(() -> new Malformed("not a certificate"));
        WireReader wire = new WireReader(blob);
        wire.string("type");
        wire.string("nonce");
        KeyBlob key = certified(type, wire);
        long serial = wire.uint64("serial");
        int kind = wire.uint32("type of certificate");
        String keyId = text(wire, "key id");
        List<String> principals = principals(wire.string("principals"));
        long after = wire.uint64("time from which it is valid");
        long before = wire.uint64("time until which it is valid");
        Map<String, byte[]> critical = options(wire.string("critical options"), "critical option");
        options(wire.string("extensions"), "extension"); // must be well-formed; none of them grants anything here
        wire.string("reserved field");
        KeyBlob authority = authority(wire.string("authority"));
        byte[] signed = wire.consumed();
        byte[] signature = wire.string("signature");
        wire.requireEnd("certificate");
        return new Certificate(
                key, serial, kind, keyId, principals, after, before, critical, authority, signed, signature);
    }

    private static Optional<KeyType> type(byte[] blob) {
        try {
            return KeyType.ofCertificate(new String(new WireReader(blob).string("type"), StandardCharsets.ISO_8859_1));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** The key as it is on the wire by itself: its type's name, then the same fields. */
    private static KeyBlob certified(KeyType type, WireReader wire) throws Malformed {
        WireWriter plain = new WireWriter().string(type.sshName());
        for (int i = 0; i < type.fields(); i++) {
            plain.string(wire.string("key"));
        }
        return checked(type, plain.toBytes(), "the key in it: ");
    }

    private static KeyBlob authority(byte[] blob) throws Malformed {
        String name = new String(new WireReader(blob).string("authority"), StandardCharsets.ISO_8859_1);
        KeyType type = KeyType.of(name).orElseThrow(() -> new Malformed("an authority of a type that is not accepted"));
        return checked(type, blob, "its authority: ");
    }

    private static KeyBlob checked(KeyType type, byte[] blob, String whose) throws Malformed {
        Optional<KeyLine.Refused> fault = KeyCheck.fault(type, blob);
        if (fault.isPresent()) {
            throw new Malformed(whose + fault.get().reason());
        }
        return new KeyBlob(type, blob);
    }

    private static List<String> principals(byte[] list) throws Malformed {
        WireReader wire = new WireReader(list);
        List<String> names = new ArrayList<>();
        while (wire.hasMore()) {
            names.add(text(wire, "principal"));
        }
        return List.copyOf(names);
    }

    /** Names and values; no name twice. */
    private static Map<String, byte[]> options(byte[] list, String what) throws Malformed {
        WireReader wire = new WireReader(list);
        Map<String, byte[]> options = new LinkedHashMap<>();
        while (wire.hasMore()) {
            String name = text(wire, what);
            if (options.put(name, wire.string(what)) != null) {
                throw new Malformed("the " + what + " " + name + " twice");
            }
        }
        return options;
    }

    private static String text(WireReader wire, String what) throws Malformed {
        String text = wire.text(what);
        if (text.length() > LONGEST_TEXT) {
            throw new Malformed("a " + what + " longer than " + LONGEST_TEXT + " characters");
        }
        return text;
    }
}
