package io.sallyport.builds.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.git.Objects.Located;
import io.sallyport.builds.source.CommittedEntry;
import io.sallyport.builds.source.CommittedTree;
import io.sallyport.builds.source.DamagedTreeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of a fetched commit as they were committed. Nothing in the repository has a say in that: no attributes, no filters,
 * no line ends. What is not in the commit is noted, the contents of submodules and of Git LFS. For one thread.
 */
final class FetchedTree implements CommittedTree {
    private static final int LONGEST_TARGET = 4096;
    private static final int LARGEST_POINTER = 1024;
    private static final byte[] POINTER = "version https://git-lfs.github.com/spec/".getBytes(UTF_8);
    private static final int SHOWN = 5;

    private final Objects objects;
    private final Commit commit;
    private final int nameBytes;
    private final Deque<TreeCursor> cursors = new ArrayDeque<>();
    private final Missing submodules = new Missing();
    private final Missing pointers = new Missing();
    private InputStream body = InputStream.nullInputStream();

    FetchedTree(Objects objects, Commit commit, int nameBytes) throws IOException {
        this.objects = objects;
        this.commit = commit;
        this.nameBytes = nameBytes;
        cursors.push(new TreeCursor(objects, located(commit.tree()), new byte[0], nameBytes));
    }

    @Override
    public String commit() {
        return commit.id();
    }

    @Override
    public Instant time() {
        return commit.time();
    }

    @Override
    public @Nullable CommittedEntry next() throws IOException {
        body = InputStream.nullInputStream();
        while (!cursors.isEmpty()) {
            TreeCursor.Line line = cursors.element().next();
            if (line != null) {
                return entry(line);
            }
            cursors.remove();
        }
        return null;
    }

    private CommittedEntry entry(TreeCursor.Line line) throws IOException {
        return switch (line.mode()) {
            case "40000", "040000" -> folder(line);
            case "100644", "100664" -> file(line, false);
            case "100755" -> file(line, true);
            case "120000" -> link(line);
            case "160000" -> {
                submodules.add(line.path());
                yield new CommittedEntry.Folder(line.path());
            }
            default -> throw new DamagedTreeException("an entry of the commit has the mode " + line.mode());
        };
    }

    private CommittedEntry folder(TreeCursor.Line line) throws IOException {
        byte[] inside = Arrays.copyOf(line.path(), line.path().length + 1);
        inside[line.path().length] = '/';
        cursors.push(new TreeCursor(objects, located(line.id()), inside, nameBytes));
        return new CommittedEntry.Folder(line.path());
    }

    private CommittedEntry file(TreeCursor.Line line, boolean executable) throws IOException {
        Located blob = blob(line);
        if (blob.length() > LARGEST_POINTER) {
            body = objects.open(blob);
        } else {
            byte[] bytes = objects.bytes(blob, LARGEST_POINTER);
            if (Arrays.mismatch(bytes, POINTER) == POINTER.length) {
                pointers.add(line.path());
            }
            body = new ByteArrayInputStream(bytes);
        }
        return new CommittedEntry.RegularFile(line.path(), blob.length(), executable);
    }

    private CommittedEntry link(TreeCursor.Line line) throws IOException {
        return new CommittedEntry.SymbolicLink(line.path(), objects.bytes(blob(line), LONGEST_TARGET));
    }

    private Located blob(TreeCursor.Line line) throws DamagedTreeException {
        Located blob = located(line.id());
        if (blob.type() != ObjectType.BLOB) {
            throw new DamagedTreeException("a file of the commit is none");
        }
        return blob;
    }

    private Located located(ObjectId id) throws DamagedTreeException {
        return objects.find(id).orElseThrow(() -> new DamagedTreeException("the pack lacks an object of the commit"));
    }

    @Override
    public InputStream body() {
        return body;
    }

    /** What is not here though the commit speaks of it; known after the last entry. */
    List<FetchNotice> notices() {
        List<FetchNotice> notices = new ArrayList<>();
        submodules
                .first()
                .ifPresent(path -> notices.add(new FetchNotice(
                        path, "submodules are not fetched, their folders are empty: " + submodules.words())));
        pointers.first()
                .ifPresent(path -> notices.add(new FetchNotice(
                        path,
                        "files of Git LFS are not fetched, there are pointers in their place: " + pointers.words())));
        return notices;
    }

    /** Some paths, and how many there are. */
    private static final class Missing {
        private final List<String> some = new ArrayList<>();
        private long count;

        void add(byte[] path) {
            count++;
            if (some.size() < SHOWN) {
                some.add(Words.of(new String(path, UTF_8)));
            }
        }

        Optional<String> first() {
            return some.stream().findFirst();
        }

        String words() {
            return String.join(", ", some) + (count > some.size() ? " and " + (count - some.size()) + " more" : "");
        }
    }
}
