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
    private static final int AT_ONCE = 16;

    private final Decoders decoders = new Decoders(AT_ONCE, AT_ONCE);

    /** Serves sources of that content store. */
    public SourceTar(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * The source as a tar: the bytes as received of a tar, what was compressed of a compressed one, and of a zip or
     * a manifest one that is made on the way. Of the latter two, opening at an offset costs as much as reading up to it.
     *
     * @return bytes that are the same at each opening; {@code size} is {@link Source#tarBytes}
     */
    public Content content(Source source) {
        return new Tar(source, blobs, decoders);
    }

    private record Tar(Source source, BlobStore blobs, Decoders decoders) implements Content {
        @Override
        public OptionalLong size() {
            return OptionalLong.of(source.tarBytes());
        }

        @Override
        public ReadableByteChannel open(long offset) throws IOException {
            return switch (source.kind()) {
                case TAR, GIT -> SourceWalk.content(source, blobs).open(offset);
                case TAR_GZ, TAR_ZST, TAR_XZ -> decompressed(offset);
                case ZIP, MANIFEST -> made(offset);
            };
        }

        private ReadableByteChannel made(long offset) throws IOException {
            Opened opened = new Opened();
            SourceWalk walk = opened.add(SourceWalk.overStored(source, blobs));
            return new StreamChannel(new MadeTar(walk), opened).skip(offset);
        }

        private ReadableByteChannel decompressed(long offset) throws IOException {
            Opened opened = new Opened();
            try {
                opened.add(decoders.take(source.kind(), ""));
                ReadableByteChannel packed =
                        opened.add(SourceWalk.content(source, blobs).open(0));
                InputStream tar = opened.add(Packing.unpack(source.kind(), SourceWalk.window(packed)));
                return new StreamChannel(tar, opened).skip(offset);
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        }
    }
}
