package io.sallyport.builds.source;

import io.sallyport.builds.Content;
import io.sallyport.builds.blob.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/** {@code source.tar}: any source as an uncompressed tar. May be used from many threads at once. */
public final class SourceTar {
    private final BlobStore blobs;

    /** Serves sources of that content store. */
    public SourceTar(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * The source as a tar: the bytes as received of a tar, what was compressed of a compressed one, and of a zip one
     * that is made on the way. Of the latter two, opening at an offset costs as much as reading up to it.
     *
     * @return bytes that are the same at each opening; {@code size} is {@link Source#tarBytes}
     */
    public Content content(Source source) {
        return new Tar(source, blobs);
    }

    private record Tar(Source source, BlobStore blobs) implements Content {
        @Override
        public OptionalLong size() {
            return OptionalLong.of(source.tarBytes());
        }

        @Override
        public ReadableByteChannel open(long offset) throws IOException {
            return switch (source.kind()) {
                case TAR -> SourceWalk.content(source, blobs).open(offset);
                case TAR_GZ, TAR_ZST, TAR_XZ -> decompressed(offset);
                case ZIP -> {
                    SourceWalk walk = SourceWalk.overStored(source, blobs);
                    yield new StreamChannel(new MadeTar(walk), walk).skip(offset);
                }
            };
        }

        private ReadableByteChannel decompressed(long offset) throws IOException {
            ReadableByteChannel packed = SourceWalk.content(source, blobs).open(0);
            try {
                InputStream tar = Packing.unpack(source.kind(), SourceWalk.window(packed));
                return new StreamChannel(tar, packed).skip(offset);
            } catch (IOException | RuntimeException e) {
                packed.close();
                throw e;
            }
        }
    }
}
