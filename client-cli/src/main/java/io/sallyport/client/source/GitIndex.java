package io.sallyport.client.source;

import io.sallyport.client.ClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What git tracks, read from its index (gitformat-index(5), versions 2 to 4).
 *
 * @param paths of files, links and submodules, from the top of the checkout
 * @param folders that these are in
 */
record GitIndex(Set<String> paths, Set<String> folders) {
    private static final int MAGIC = 0x44495243;
    private static final int HEADER = 12;
    /** Before the object's name. */
    private static final int NUMBERS = 40;

    private static final int EXTENDED = 0x4000;
    private static final int LINK = 0x6c696e6b;

    /** Nothing is tracked. */
    static GitIndex none() {
        return new GitIndex(Set.of(), Set.of());
    }

    /**
     * Reads an index; before the first {@code git add} there is none.
     *
     * @param hash bytes of an object's name, 20 or 32
     */
    static GitIndex read(Path file, int hash) throws ClientException {
        try {
            return new Reader(file, ByteBuffer.wrap(Files.readAllBytes(file)), hash).read();
        } catch (NoSuchFileException e) {
            return none();
        } catch (IOException e) {
            throw new ClientException.BadSource("cannot read '" + file + "': " + e.getMessage());
        }
    }

    private record Reader(Path file, ByteBuffer bytes, int hash) {
        GitIndex read() throws ClientException {
            if (bytes.remaining() < HEADER + hash || bytes.getInt() != MAGIC) {
                throw unknown();
            }
            int version = bytes.getInt();
            int count = bytes.getInt();
            if (version < 2 || version > 4) {
                throw unknown();
            }
            Set<String> paths = new HashSet<>(count * 2);
            Set<String> folders = new HashSet<>();
            byte[] path = new byte[0];
            for (int i = 0; i < count; i++) {
                path = entry(version, path);
                String text = new String(path, StandardCharsets.UTF_8);
                paths.add(text);
                for (int slash = text.lastIndexOf('/'); slash > 0; slash = text.lastIndexOf('/', slash - 1)) {
                    if (!folders.add(text.substring(0, slash))) {
                        break;
                    }
                }
            }
            if (bytes.remaining() >= Integer.BYTES + hash && bytes.getInt() == LINK) {
                throw new ClientException.BadSource(
                        "git's index is split, which sally cannot read: run" + " 'git update-index --no-split-index'");
            }
            return new GitIndex(paths, folders);
        }

        /** The path of the entry here; it may be said as a change of the one before. */
        private byte[] entry(int version, byte[] before) {
            int start = bytes.position();
            bytes.position(start + NUMBERS + hash);
            boolean extended = (bytes.getShort() & EXTENDED) != 0;
            bytes.position(bytes.position() + (extended ? Short.BYTES : 0));
            int kept = version < 4 ? 0 : before.length - number();
            int from = bytes.position();
            int to = from;
            while (bytes.get(to) != 0) {
                to++;
            }
            byte[] path = new byte[kept + to - from];
            System.arraycopy(before, 0, path, 0, kept);
            bytes.get(from, path, kept, to - from);
            bytes.position(version < 4 ? start + (to - start + 8) / 8 * 8 : to + 1);
            return path;
        }

        /** As in a pack's offsets: seven bits in each byte, one added for each further byte. */
        private int number() {
            int b = bytes.get() & 0xff;
            int value = b & 0x7f;
            while ((b & 0x80) != 0) {
                b = bytes.get() & 0xff;
                value = ((value + 1) << 7) | (b & 0x7f);
            }
            return value;
        }

        private ClientException unknown() {
            return new ClientException.BadSource("'" + file + "' is no index of git's that is known");
        }
    }
}
