package io.sallyport.client.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The entries of a folder next to those that are remembered of it, both in the order of their paths. */
final class Comparison {
    private final List<TreeEntry> entries;
    private final List<@Nullable Sha256> digests;

    /** Numbers of entries that are not surely the same, and what was at their paths. */
    private final List<Integer> others = new ArrayList<>();

    private final Map<String, ListedTree.Line> before = new HashMap<>();
    private final List<String> removed = new ArrayList<>();

    private final List<Piece> pieces = new ArrayList<>();

    /** A part of the entries, which are all in such parts, in their order. */
    sealed interface Piece {}

    /** Entries that surely are as before: those from and to these bytes of what is remembered. */
    record Kept(int from, int to) implements Piece {}

    /** One that is not, by its number. */
    record Other(int number) implements Piece {}

    private Comparison(List<TreeEntry> entries) {
        this.entries = entries;
        this.digests = new ArrayList<>(entries.size());
    }

    static Comparison of(List<TreeEntry> entries, RememberedTree remembered) {
        Comparison comparison = new Comparison(entries);
        RememberedTree.Cursor at = remembered.entries().start();
        for (int i = 0; i < entries.size(); i++) {
            String path = entries.get(i).path();
            int order = at.there() ? path.compareTo(at.path()) : -1;
            while (order > 0) {
                comparison.removed.add(at.path());
                at.next();
                order = at.there() ? path.compareTo(at.path()) : -1;
            }
            if (order < 0) {
                comparison.other(i);
            } else {
                comparison.at(i, at);
                at.next();
            }
        }
        for (; at.there(); at.next()) {
            comparison.removed.add(at.path());
        }
        return comparison;
    }

    private void at(int number, RememberedTree.Cursor before) {
        if (before.isAsBefore(entries.get(number))) {
            digests.add(before.isFile() ? before.digest() : null);
            keep(before.from(), before.to());
        } else {
            this.before.put(before.path(), before.line());
            other(number);
        }
    }

    private void keep(int from, int to) {
        if (!pieces.isEmpty() && pieces.getLast() instanceof Kept before && before.to() == from) {
            pieces.set(pieces.size() - 1, new Kept(before.from(), to));
        } else {
            pieces.add(new Kept(from, to));
        }
    }

    private void other(int number) {
        others.add(number);
        pieces.add(new Other(number));
        digests.add(null);
    }

    /** Files that have to be read. */
    List<TreeEntry.RegularFile> unread() {
        List<TreeEntry.RegularFile> unread = new ArrayList<>();
        for (int number : others) {
            if (entries.get(number) instanceof TreeEntry.RegularFile file) {
                unread.add(file);
            }
        }
        return unread;
    }

    /** All entries with their digests. */
    ListedTree listed(Map<String, Sha256> read) {
        for (int number : others) {
            digests.set(number, read.get(entries.get(number).path()));
        }
        return new ListedTree(entries, digests);
    }

    /** All entries, in runs of those that are as before. */
    List<Piece> pieces() {
        return pieces;
    }

    /** Whether there is nothing new to remember. */
    boolean allAsBefore() {
        return others.isEmpty() && removed.isEmpty();
    }

    /** What has changed; {@code base} is the manifest of what is remembered. */
    ManifestChanges changes(ListedTree listed, Optional<String> base) {
        List<ListedTree.Line> lines = new ArrayList<>();
        for (int number : others) {
            ListedTree.Line now = listed.line(number);
            ListedTree.Line then = before.get(now.entry().path());
            if (then == null || !now.same(then)) {
                lines.add(now);
            }
        }
        return new ManifestChanges(base, entries.size(), lines, removed);
    }
}
