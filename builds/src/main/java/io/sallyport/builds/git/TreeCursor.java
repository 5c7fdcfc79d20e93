package io.sallyport.builds.git;

import io.sallyport.builds.git.Objects.Located;
import io.sallyport.builds.source.DamagedTreeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads one tree object, line by line. For one thread. */
final class TreeCursor {
    private static final int LONGEST_NAME = 4096;
    private static final int LONGEST_MODE = 7;

    private final InputStream in;
    private final byte[] folder;
    private final int nameBytes;

    /**
     * Reads a tree.
     *
     * @param folder path of the tree, with a slash behind it unless it is the root
     */
    TreeCursor(Objects objects, Located tree, byte[] folder, int nameBytes) throws DamagedTreeException {
        if (tree.type() != ObjectType.TREE) {
            throw new DamagedTreeException("a folder of the commit is none");
        }
        this.in = objects.open(tree);
        this.folder = folder;
        this.nameBytes = nameBytes;
    }

    /** An entry as it stands there. */
    @SuppressWarnings("ArrayRecordComponent") // bytes as read, not to be compared
    record Line(String mode, byte[] path, ObjectId id) {}

    /** The next one; null after the last. */
    @Nullable
    Line next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        StringBuilder mode = new StringBuilder().append((char) first);
        for (int c = in.read(); c != ' '; c = in.read()) {
            if (c < '0' || c > '7' || mode.length() > LONGEST_MODE) {
                throw new DamagedTreeException("a folder of the commit is damaged");
            }
            mode.append((char) c);
        }
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        path.writeBytes(folder);
        for (int c = in.read(); c != 0; c = in.read()) {
            if (c < 0 || c == '/' || path.size() - folder.length > LONGEST_NAME) {
                throw new DamagedTreeException("a name in the commit is none");
            }
            path.write(c);
        }
        if (path.size() == folder.length) {
            throw new DamagedTreeException("a name in the commit is empty");
        }
        byte[] id = in.readNBytes(nameBytes);
        if (id.length < nameBytes) {
            throw new DamagedTreeException("a folder of the commit is cut off");
        }
        return new Line(mode.toString(), path.toByteArray(), ObjectId.of(id, 0, nameBytes));
    }
}
