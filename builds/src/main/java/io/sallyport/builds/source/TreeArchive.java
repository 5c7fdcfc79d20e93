package io.sallyport.builds.source;

import io.sallyport.builds.source.RawEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the tree of a commit like an archive. All of it has the commit's time. The tree is the caller's. */
final class TreeArchive implements RawArchive {
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;

    private final CommittedTree tree;

    TreeArchive(CommittedTree tree) {
        this.tree = tree;
    }

    @Override
    public @Nullable RawEntry next() throws IOException {
        try {
            CommittedEntry entry = tree.next();
            return entry == null ? null : raw(entry);
        } catch (DamagedTreeException e) {
            throw Unacceptable.damaged(String.valueOf(e.getMessage()));
        } catch (Unacceptable e) {
            throw e;
        } catch (IOException e) {
            throw new StoreFailure(e);
        }
    }

    private RawEntry raw(CommittedEntry entry) throws Unacceptable {
        String name = Names.name(entry.path());
        if (name.substring(name.lastIndexOf('/') + 1).equalsIgnoreCase(".git")) {
            throw Unacceptable.hostile(name, "no commit has that, since it would be a repository of its own");
        }
        return switch (entry) {
            case CommittedEntry.Folder folder -> entry(name, Kind.FOLDER, 0, EXECUTABLE, "");
            case CommittedEntry.RegularFile file ->
                entry(name, Kind.FILE, file.size(), file.executable() ? EXECUTABLE : PLAIN, "");
            case CommittedEntry.SymbolicLink link ->
                entry(name, Kind.SYMBOLIC_LINK, 0, EXECUTABLE, Names.name(link.target()));
        };
    }

    private RawEntry entry(String name, Kind kind, long size, int permissions, String target) {
        return new RawEntry(name, kind, size, permissions, Times.of(tree.time().getEpochSecond(), 0), target);
    }

    @Override
    public InputStream body() throws IOException {
        return tree.body();
    }

    @Override
    public Optional<String> gitCommit() {
        return Optional.of(tree.commit());
    }

    @Override
    public void close() {}
}
