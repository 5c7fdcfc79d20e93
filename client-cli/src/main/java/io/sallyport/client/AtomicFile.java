package io.sallyport.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there whole or not at all: written beside its place, synced, then renamed over it. A device or a pipe
 * has no halves to hide and is written as it is.
 */
final class AtomicFile implements AutoCloseable {
    private final Path target;
    private final Path written;
    private final FileChannel channel;

    private AtomicFile(Path target, Path written, FileChannel channel) {
        this.target = target;
        this.written = written;
        this.channel = channel;
    }

    /** Starts to write for the place {@code path}; a symbolic link there stays, and what it leads to is replaced. */
    static AtomicFile open(Path path) throws ClientException {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                return new AtomicFile(path, path, FileChannel.open(path, StandardOpenOption.WRITE));
            }
            Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            Path written = target.resolveSibling(PartName.fresh());
            FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            // Also when the user stops the program.
            written.toFile().deleteOnExit();
            return new AtomicFile(target, written, channel);
        } catch (NoSuchFileException e) {
            throw new ClientException.Unwritable("'" + path + "'", "its folder does not exist");
        } catch (IOException e) {
            throw new ClientException.Unwritable("'" + path + "'", reason(e));
        }
    }

    /** Where to write. A full disk is told as {@link ClientException.Unwritable}. */
    OutputStream stream() {
        return new OutputStream() {
            private final OutputStream out = Channels.newOutputStream(channel);

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    throw new ClientException.Unwritable("'" + target + "'", reason(e));
                }
            }
        };
    }

    /** Puts the file in its place. */
    void commit() throws ClientException {
        try {
            if (!written.equals(target)) {
                channel.force(true);
                channel.close();
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new ClientException.Unwritable("'" + target + "'", reason(e));
        }
    }

    /** Removes what was not committed. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (!written.equals(target)) {
            Files.deleteIfExists(written);
        }
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }
}
