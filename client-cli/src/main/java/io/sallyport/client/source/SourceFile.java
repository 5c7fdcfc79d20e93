package io.sallyport.client.source;

import io.sallyport.client.ClientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** One file of the source while it is sent. What goes wrong with it is told apart from what goes wrong with the stream. */
final class SourceFile {
    private static final int CHUNK = 64 * 1024;

    private final Path file;
    private final String path;

    private SourceFile(Path file, String path) {
        this.file = file;
        this.path = path;
    }

    /** The file at a path below the folder. */
    static SourceFile of(Path folder, String path) {
        return new SourceFile(folder.resolve(path), path);
    }

    /** What it is; of a link, the link itself. */
    PosixFileAttributes attributes() throws ClientException {
        try {
            return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Where a symbolic link leads. */
    String linkTarget() throws ClientException {
        try {
            return FileName.of(Files.readSymbolicLink(file));
        } catch (ClientException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Copies exactly so many bytes: what was added since is not sent, and a file that shrank is an error. */
    void copyTo(OutputStream out, long size) throws IOException {
        try (InputStream content = open()) {
            byte[] chunk = new byte[CHUNK];
            for (long left = size; left > 0; ) {
                int length = read(content, chunk, (int) Math.min(chunk.length, left));
                if (length < 0) {
                    throw changed();
                }
                out.write(chunk, 0, length);
                left -= length;
            }
        }
    }

    private InputStream open() throws ClientException {
        try {
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int read(InputStream content, byte[] chunk, int most) throws ClientException {
        try {
            return content.read(chunk, 0, most);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private ClientException unreadable(IOException e) {
        return switch (e) {
            case NoSuchFileException gone -> changed();
            case AccessDeniedException denied ->
                new ClientException.BadSource("cannot read '" + path + "': permission denied");
            default -> new ClientException.BadSource("cannot read '" + path + "': " + e.getMessage());
        };
    }

    private ClientException changed() {
        return new ClientException.BadSource(
                "'" + path + "' changed while it was sent, nothing was submitted: submit again");
    }
}
