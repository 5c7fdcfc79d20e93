package io.sallyport.builds.source;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar of files that jobs have left and that others get: artifacts, caches. Form and names are checked as of a
 * source, but links may lead anywhere, a path may come twice, and permissions are as they were, without set-user-id,
 * set-group-id and sticky bits. Nothing in it is larger than its own bytes, so whoever bounds the stream bounds what
 * comes of it. For one thread; there is nothing to close.
 */
public final class WorkspaceTar {
    /** Folders within folders: as many as an open folder each is no burden. */
    public static final int DEEPEST = 100;

    private static final int WINDOW = 64 << 10;

    private final TarReader reader;
    private final Budget budget;

    /**
     * Reads a stream, which remains the caller's.
     *
     * @param entries the most that it may have; more are refused
     */
    public WorkspaceTar(InputStream tar, long entries) {
        this.budget = new Budget(new SourceLimits(Long.MAX_VALUE, Long.MAX_VALUE, entries, DEEPEST));
        this.reader = new TarReader(new ByteWindow(window -> tar.readNBytes(window, 0, window.length), WINDOW), budget);
    }

    /** Whether a file or folder of that path may be in such a tar. */
    public static boolean accepts(String path) {
        try {
            return !Names.path(path).isEmpty() && folders(path) <= DEEPEST;
        } catch (Unacceptable e) {
            return false;
        }
    }

    /**
     * The next entry; what was not read of the body before is passed over.
     *
     * @return null after the last one, when the tar is known to be whole
     * @throws IOException when the tar is damaged or has what it may not have, or the stream cannot be read
     */
    public @Nullable WorkspaceEntry next() throws IOException {
        while (true) {
            RawEntry raw = reader.next();
            if (raw == null) {
                return null;
            }
            budget.header();
            String path = Names.path(raw.name());
            budget.depth(folders(path));
            if (!path.isEmpty()) {
                return entry(raw, path);
            }
            if (raw.kind() != RawEntry.Kind.FOLDER) { // the folder itself is there already
                throw Unacceptable.hostile(raw.name(), "it stands for the folder itself and is none");
            }
        }
    }

    private static WorkspaceEntry entry(RawEntry raw, String path) throws Unacceptable {
        if (raw.kind() != RawEntry.Kind.FILE && raw.size() != 0) {
            throw Unacceptable.hostile(raw.name(), "a folder or a link with a body");
        }
        return switch (raw.kind()) {
            case FOLDER -> new WorkspaceEntry.Folder(path, raw.permissions(), raw.modified());
            case FILE -> new WorkspaceEntry.RegularFile(path, raw.size(), raw.permissions(), raw.modified());
            case SYMBOLIC_LINK -> new WorkspaceEntry.SymbolicLink(path, target(raw), raw.modified());
            case HARD_LINK -> new WorkspaceEntry.HardLink(path, Names.path(raw.target()));
        };
    }

    private static String target(RawEntry raw) throws Unacceptable {
        if (raw.target().isEmpty() || raw.target().indexOf('\0') >= 0) {
            throw Unacceptable.hostile(raw.name(), "a link to nowhere");
        }
        return raw.target();
    }

    private static int folders(String path) {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    /** The bytes of the file that {@link #next} returned last, up to its size. */
    public InputStream body() {
        return reader.body();
    }
}
