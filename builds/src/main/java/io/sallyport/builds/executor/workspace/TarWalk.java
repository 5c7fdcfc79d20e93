package io.sallyport.builds.executor.workspace;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.ArtifactPatterns.Position;
import io.sallyport.builds.source.WorkspaceTar;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Goes over what patterns name in a workspace that is handed over as tars: what {@link WorkspaceWalk} does where there is a
 * folder. The tars are made by who keeps the workspace, of folders in order and what is in each after it; the names and
 * bytes in them are the job's. Nothing is ever unpacked.
 */
public final class TarWalk {
    private static final char NO_CHARACTER = '\uFFFD';
    private static final String GIT = ".git";
    private static final int PERMISSIONS = 0777;

    private final ArtifactPatterns patterns;
    private final SourceFiles source;
    private final int limit;
    private final WorkspaceVisitor visitor;
    private int entries;

    /**
     * A walk over any number of tars, one after the other.
     *
     * @param source what the workspace had before anything was added, where the patterns ask for it
     * @param limit of files and folders that are looked at
     */
    public TarWalk(ArtifactPatterns patterns, SourceFiles source, int limit, WorkspaceVisitor visitor) {
        this.patterns = patterns;
        this.source = source;
        this.limit = limit;
        this.visitor = visitor;
    }

    /** Another name of a file that the tar has already: its bytes have to be asked for. */
    @FunctionalInterface
    public interface HardLinks {
        /**
         * A tar that begins with the file of that path.
         *
         * @param path relative to the workspace
         */
        InputStream tarOf(String path) throws IOException;
    }

    /** A folder on the way; {@code untracked} where what the source did not have is wanted for that. */
    private record Place(String path, Position position, int depth, boolean untracked) {}

    /** Something in a tar. */
    private record InTar(
            String path, Position position, TarArchiveEntry entry, TarArchiveInputStream tar, Contents contents)
            implements Found {
        @Override
        public int permissions() {
            return entry.getMode() & PERMISSIONS;
        }

        @Override
        public Instant modified() {
            return entry.getLastModifiedTime().toInstant();
        }

        @Override
        public Bytes open() throws IOException {
            return contents.open(entry, tar);
        }

        @Override
        public String target() {
            return entry.getLinkName();
        }
    }

    /** The bytes of a file or hard link of a tar. */
    private record Contents(String top, HardLinks links) {
        Found.Bytes open(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
            if (!entry.isLink()) {
                return new Found.Bytes(entry.getSize(), Channels.newChannel(new Unclosed(tar)));
            }
            TarArchiveInputStream own =
                    new TarArchiveInputStream(links.tarOf(below(entry.getLinkName(), top)), "UTF-8");
            try {
                TarArchiveEntry file = own.getNextEntry();
                if (file == null || !file.isFile() || file.isLink() || file.isSymbolicLink()) {
                    throw new IOException("a hard link to what is no file: " + entry.getName());
                }
                return new Found.Bytes(file.getSize(), Channels.newChannel(own));
            } catch (IOException e) {
                own.close();
                throw e;
            }
        }
    }

    /** The rest of a tar is still wanted. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }

    /**
     * Walks over one tar, which remains the caller's.
     *
     * @param top what all names in it begin with, and a slash; empty when they begin at the workspace
     * @param links asked for the bytes of hard links
     * @throws IOException when the visitor fails, the tar is damaged or breaks off, or the limit is reached
     */
    public void over(InputStream stream, String top, HardLinks links) throws IOException, InterruptedException {
        WholeTar whole = new WholeTar(stream);
        TarArchiveInputStream tar = new TarArchiveInputStream(whole, "UTF-8");
        Contents contents = new Contents(top, links);
        Deque<Place> places = new ArrayDeque<>();
        places.push(new Place("", patterns.start(), 0, patterns.untracked()));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            String path = below(entry.getName(), top);
            if (path.isEmpty()) {
                continue;
            }
            if (++entries > limit) {
                throw new IOException("more than " + limit + " files and folders");
            }
            visit(places, path, entry, tar, contents);
        }
        whole.check();
    }

    private static String below(String name, String top) {
        String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        if (top.isEmpty() || plain.equals(top)) {
            return top.isEmpty() ? plain : "";
        }
        return plain.startsWith(top + "/") ? plain.substring(top.length() + 1) : plain;
    }

    private void visit(
            Deque<Place> places, String path, TarArchiveEntry entry, TarArchiveInputStream tar, Contents contents)
            throws IOException {
        String parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        while (!places.element().path.equals(parent)) {
            if (places.size() == 1 || parent.startsWith(places.element().path + "/")) {
                return; // in a folder that was passed over
            }
            places.pop();
        }
        Place place = places.element();
        String name = path.substring(parent.isEmpty() ? 0 : parent.length() + 1);
        Position position = patterns.step(place.position, name);
        if (position.none() && !place.untracked) {
            return;
        }
        boolean named = patterns.matches(position) || isNew(place, path, name, position);
        if (name.indexOf(NO_CHARACTER) >= 0) {
            passOver(path, named, "has a name that is not UTF-8");
            return;
        }
        InTar found = new InTar(path, position, entry, tar, contents);
        if (entry.isDirectory()) {
            enter(places, found, name, named);
        } else if (!named) {
            return;
        } else if (entry.isSymbolicLink()) {
            visitor.link(found);
        } else if (entry.isFile() && !isSpecial(entry)) {
            visitor.file(found);
        } else {
            passOver(path, true, "is not a plain file");
        }
    }

    private static boolean isSpecial(TarArchiveEntry entry) {
        return entry.isFIFO() || entry.isBlockDevice() || entry.isCharacterDevice();
    }

    private boolean isNew(Place place, String path, String name, Position position) {
        return place.untracked && !name.equals(GIT) && !patterns.excludes(position) && !source.has(path);
    }

    private void enter(Deque<Place> places, InTar found, String name, boolean named) throws IOException {
        Place place = places.element();
        if (place.depth == WorkspaceTar.DEEPEST) {
            passOver(found.path, named, "is too deep");
            return;
        }
        if (patterns.matches(found.position)) {
            visitor.folder(found);
        }
        boolean untracked = place.untracked && !name.equals(GIT);
        places.push(new Place(found.path, found.position, place.depth + 1, untracked));
    }

    private void passOver(String path, boolean named, String why) throws IOException {
        if (named) {
            visitor.other(path, why);
        }
    }
}
