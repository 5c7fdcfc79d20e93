package io.sallyport.builds.source;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/** How sources are packed: told by the first bytes, undone by the stream of each format. */
final class Packing {
    /** So many first bytes tell the format: a whole header of a tar. */
    static final int TELLING = TarHeader.BLOCK;

    /**
     * How far back packed bytes may refer, which is how much memory every reader needs. 8 MiB are what RFC 8878 (3.1.1.1.2)
     * asks of a reader of Zstandard; they hold for zstd up to -19 and for xz up to -6, its default.
     */
    static final int LARGEST_WINDOW = 8 << 20;

    private static final int LARGEST_WINDOW_BITS = 23;
    /** The dictionary, and what xz needs besides. */
    private static final int XZ_KIB = (LARGEST_WINDOW >> 10) + 1024;

    private Packing() {}

    /** The format that begins with these bytes. */
    static Optional<SourceKind> tell(byte[] first) {
        if (starts(first, 0x1f, 0x8b)) {
            return Optional.of(SourceKind.TAR_GZ);
        }
        if (starts(first, 0x28, 0xb5, 0x2f, 0xfd) || startsWithSkippableFrame(first)) {
            return Optional.of(SourceKind.TAR_ZST);
        }
        if (starts(first, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return Optional.of(SourceKind.TAR_XZ);
        }
        if (starts(first, 'P', 'K', 3, 4) || starts(first, 'P', 'K', 5, 6)) {
            return Optional.of(SourceKind.ZIP);
        }
        if (starts(first, ManifestReader.FIRST_LINE.chars().toArray())) {
            return Optional.of(SourceKind.MANIFEST);
        }
        return isTar(first) ? Optional.of(SourceKind.TAR) : Optional.empty();
    }

    private static boolean starts(byte[] bytes, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Parallel compressors put one before the data (RFC 8878, 3.1.2). */
    private static boolean startsWithSkippableFrame(byte[] first) {
        return first.length >= 4
                && (first[0] & 0xf0) == 0x50
                && starts(Arrays.copyOfRange(first, 1, 4), 0x2a, 0x4d, 0x18);
    }

    private static boolean isTar(byte[] first) {
        boolean empty = first.length == TELLING && Arrays.equals(first, new byte[TELLING]);
        return empty || TarHeader.saysTar(first) || TarHeader.checksumFits(first);
    }

    /** The tar in the packed bytes; for {@link SourceKind#TAR} and {@link SourceKind#GIT} they are it. Not for a zip or a manifest. */
    static InputStream unpack(SourceKind kind, ByteWindow packed) throws IOException {
        return switch (kind) {
            case TAR, GIT -> packed;
            case TAR_GZ -> new GzipInput(packed);
            case TAR_ZST -> new ZstdInputStreamNoFinalizer(packed).setLongMax(LARGEST_WINDOW_BITS);
            case TAR_XZ -> new XZInputStream(packed, XZ_KIB);
            case ZIP, MANIFEST -> throw new IllegalArgumentException(kind + " is no packed tar");
        };
    }

    /** What a failure of reading an archive's bytes means. Failures of the body and of the store are not asked here. */
    static Unacceptable explain(IOException failure) {
        return switch (failure) {
            case Unacceptable known -> known;
            case MemoryLimitException e -> windowTooLarge();
            case ZstdIOException e when e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge() -> windowTooLarge();
            case EOFException e -> Unacceptable.damaged("the compressed data ends too early");
            default -> Unacceptable.damaged("the compressed data is damaged: " + failure.getMessage());
        };
    }

    private static Unacceptable windowTooLarge() {
        return Unacceptable.tooLarge("compression window", LARGEST_WINDOW);
    }
}
