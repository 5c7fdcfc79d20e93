package io.sallyport.keys;

import io.sallyport.keys.RevokedCertificates.Bitmap;
import io.sallyport.keys.SerialRanges.Range;
import io.sallyport.keys.WireReader.Malformed;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a key revocation list (OpenSSH's PROTOCOL.krl). Whatever it does not know makes the list refused. */
final class KrlReader {
    /** The largest list, in bytes. */
    static final int LARGEST = 8 * 1024 * 1024;

    private static final int CERTIFICATES = 1;
    private static final int KEYS = 2;
    private static final int SHA1 = 3;
    private static final int SIGNATURE = 4;
    private static final int SHA256 = 5;
    private static final int EXTENSION = 255;

    private static final int SERIALS = 0x20;
    private static final int SERIAL_RANGE = 0x21;
    private static final int SERIAL_BITMAP = 0x22;
    private static final int KEY_IDS = 0x23;
    private static final int CERTIFICATE_EXTENSION = 0x39;

    private static final int SHA1_LENGTH = 20;
    private static final int SHA256_LENGTH = 32;
    private static final int LARGEST_BITMAP = 1 << 24;

    private final Set<Fingerprint> keys = new HashSet<>();
    private final Set<ByteBuffer> sha1 = new HashSet<>();
    private final List<RevokedCertificates> certificates = new ArrayList<>();
    private final List<KeyBlob> signedBy = new ArrayList<>();

    private KrlReader() {}

    /** Reads a whole list, and checks its signatures; whether the signers are trusted is for the caller to say. */
    static Krl read(byte[] bytes) throws Malformed {
        if (bytes.length > LARGEST) {
            throw new Malformed("longer than " + LARGEST + " bytes");
        }
        return new KrlReader().list(bytes);
    }

    private Krl list(byte[] bytes) throws Malformed {
        WireReader wire = new WireReader(bytes);
        if (wire.uint64("first line") != Krl.MAGIC) {
            throw new Malformed("it does not begin as a key revocation list does");
        }
        int format = wire.uint32("format's number");
        if (format != Krl.FORMAT) {
            throw new Malformed("its format has the number " + Integer.toUnsignedString(format) + ", not 1");
        }
        long version = wire.uint64("version");
        long made = wire.uint64("time at which it was made");
        wire.uint64("flags");
        wire.string("reserved field");
        String comment = wire.text("comment");
        while (wire.hasMore()) {
            section(wire, bytes);
        }
        return new Krl(version, time(made), comment, keys, sha1, certificates, signedBy);
    }

    private static Instant time(long seconds) throws Malformed {
        if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
            throw new Malformed("the time at which it was made is out of range");
        }
        return Instant.ofEpochSecond(seconds);
    }

    private void section(WireReader wire, byte[] whole) throws Malformed {
        int type = wire.uint8("section's type");
        byte[] content = wire.string("section");
        if (!signedBy.isEmpty() && type != SIGNATURE) {
            throw new Malformed("a section after the signature");
        }
        switch (type) {
            case CERTIFICATES -> certificates(content);
            case KEYS -> keys(content);
            case SHA1 -> digests(content, SHA1_LENGTH).forEach(digest -> sha1.add(ByteBuffer.wrap(digest)));
            case SHA256 -> digests(content, SHA256_LENGTH).forEach(digest -> keys.add(Fingerprint.from(digest)));
            case SIGNATURE -> signature(content, wire, whole);
            case EXTENSION -> extension(content);
            default -> throw new Malformed("a section of the unknown type " + type);
        }
    }

    private void keys(byte[] content) throws Malformed {
        WireReader wire = new WireReader(content);
        while (wire.hasMore()) {
            byte[] key = wire.string("key");
            new WireReader(key).string("key's type");
            keys.add(Fingerprint.of(key));
        }
    }

    private static List<byte[]> digests(byte[] content, int length) throws Malformed {
        WireReader wire = new WireReader(content);
        List<byte[]> digests = new ArrayList<>();
        while (wire.hasMore()) {
            byte[] digest = wire.string("digest");
            if (digest.length != length) {
                throw new Malformed("a digest of " + digest.length + " bytes, not " + length);
            }
            digests.add(digest);
        }
        return digests;
    }

    /** The signature covers all that stands before it, its key included. */
    private void signature(byte[] signer, WireReader wire, byte[] whole) throws Malformed {
        byte[] covered = Arrays.copyOf(whole, wire.position());
        byte[] signature = wire.string("signature");
        String name = new String(new WireReader(signer).string("signer"), StandardCharsets.ISO_8859_1);
        KeyType type = KeyType.of(name).orElseThrow(() -> new Malformed("signed by a key of a type not accepted"));
        Optional<KeyLine.Refused> fault = KeyCheck.fault(type, signer);
        if (fault.isPresent()) {
            throw new Malformed("its signer's key: " + fault.get().reason());
        }
        KeyBlob key = new KeyBlob(type, signer);
        String algorithm = SignatureCheck.algorithm(signature);
        if (SignatureCheck.of(key, algorithm, covered, signature) == SignatureCheck.BAD) {
            throw new Malformed("its signature is wrong");
        }
        signedBy.add(key);
    }

    private static void extension(byte[] content) throws Malformed {
        WireReader wire = new WireReader(content);
        String name = wire.text("extension's name");
        if (wire.uint8("extension's flag") != 0) {
            throw new Malformed("the unknown extension '" + name + "', which must be understood");
        }
        wire.string("extension");
        wire.requireEnd("extension");
    }

    private void certificates(byte[] content) throws Malformed {
        WireReader wire = new WireReader(content);
        byte[] authority = wire.string("authority");
        if (authority.length > 0) {
            new WireReader(authority).string("authority's type");
        }
        wire.string("reserved field");
        List<Range> serials = new ArrayList<>();
        List<Bitmap> bitmaps = new ArrayList<>();
        Set<String> keyIds = new HashSet<>();
        while (wire.hasMore()) {
            int type = wire.uint8("subsection's type");
            WireReader part = new WireReader(wire.string("subsection"));
            switch (type) {
                case SERIALS -> serials(part, serials);
                case SERIAL_RANGE -> serials.add(range(part.uint64("serial"), part.uint64("serial")));
                case SERIAL_BITMAP -> bitmaps.add(bitmap(part.uint64("serial"), part.string("bitmap")));
                case KEY_IDS -> keyIds(part, keyIds);
                case CERTIFICATE_EXTENSION -> extension(part.rest());
                default -> throw new Malformed("a subsection of the unknown type " + type);
            }
            part.requireEnd("subsection");
        }
        Optional<Fingerprint> of = authority.length == 0 ? Optional.empty() : Optional.of(Fingerprint.of(authority));
        certificates.add(new RevokedCertificates(of, SerialRanges.of(serials), bitmaps, keyIds));
    }

    private static void serials(WireReader part, List<Range> serials) throws Malformed {
        while (part.hasMore()) {
            long serial = part.uint64("serial");
            serials.add(range(serial, serial));
        }
    }

    private static void keyIds(WireReader part, Set<String> keyIds) throws Malformed {
        while (part.hasMore()) {
            keyIds.add(new String(part.string("key id"), StandardCharsets.UTF_8));
        }
    }

    private static Range range(long low, long high) throws Malformed {
        if (low == 0 || Long.compareUnsigned(low, high) > 0) {
            throw new Malformed(
                    "a range of serials from " + Long.toUnsignedString(low) + " to " + Long.toUnsignedString(high));
        }
        return new Range(low, high);
    }

    private static Bitmap bitmap(long first, byte[] bits) throws Malformed {
        if ((bits.length > 0 && bits[0] < 0) || bits.length > LARGEST_BITMAP / Byte.SIZE + 1) {
            throw new Malformed("a bitmap of serials that is negative or too large");
        }
        BigInteger number = bits.length == 0 ? BigInteger.ZERO : new BigInteger(bits);
        long last = first + Math.max(0, number.bitLength() - 1);
        if (Long.compareUnsigned(last, first) < 0) {
            throw new Malformed("a bitmap of serials beyond the last one");
        }
        return new Bitmap(first, number);
    }
}
