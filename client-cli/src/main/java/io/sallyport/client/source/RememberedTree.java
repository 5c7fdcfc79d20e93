package io.sallyport.client.source;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A folder as it was, with the digests of its files, as bytes: they are looked at in place, since almost all of them are
 * only compared.
 *
 * @param gateway that has it
 * @param manifest the SHA-256 by which the gateway knows all of it
 */
record RememberedTree(String gateway, String manifest, Entries entries) {
    private static final int MAGIC = 0x53414c32;
    private static final RememberedTree NONE = new RememberedTree("", "", new Entries(ByteBuffer.allocate(0)));

    /** Nothing. */
    static RememberedTree none() {
        return NONE;
    }

    /** Reads one; damaged bytes are nothing. */
    static RememberedTree read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            if (in.getInt() != MAGIC || in.getLong() != sum(in)) {
                return NONE;
            }
            return new RememberedTree(text(in), text(in), new Entries(in.slice()));
        } catch (BufferUnderflowException e) {
            return NONE;
        }
    }

    /** What {@link #read} reads. */
    byte[] bytes() {
        byte[] at = gateway.getBytes(StandardCharsets.UTF_8);
        byte[] name = manifest.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = entries.bytes.duplicate();
        ByteBuffer out = ByteBuffer.allocate(
                Integer.BYTES + Long.BYTES + 2 * Short.BYTES + at.length + name.length + all.remaining());
        out.putInt(MAGIC).putLong(0);
        out.putShort((short) at.length).put(at);
        out.putShort((short) name.length).put(name);
        out.put(all).flip();
        return out.putLong(Integer.BYTES, sum(out.duplicate().position(Integer.BYTES + Long.BYTES)))
                .array();
    }

    private static long sum(ByteBuffer bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes.duplicate());
        return sum.getValue();
    }

    private static String text(ByteBuffer in) {
        byte[] text = new byte[in.getShort() & 0xffff];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Its entries, in the order of their paths. */
    static final class Entries {
        private static final int FOLDER = 0;
        private static final int LINK = 1;
        private static final int FILE = 2;
        private static final int EXECUTABLE = 3;

        /** Of a file that may have changed without a sign of it. */
        private static final int UNSURE = 4;

        private static final int LONGEST_ENTRY = 3 * 4096;
        private static final int USUAL_ENTRY = 128;

        private final ByteBuffer bytes;

        private Entries(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        /**
         * Those of a tree that has been compared with these: what is as it was is copied.
         *
         * @param pieces of both, in the order of the tree
         * @param fresh a file that was changed after this, in nanoseconds since 1970, may be changed again without a new time
         */
        Entries updated(ListedTree tree, List<Comparison.Piece> pieces, long fresh) {
            ByteBuffer out = ByteBuffer.allocate(bytes.remaining() + pieces.size() * USUAL_ENTRY + LONGEST_ENTRY);
            for (Comparison.Piece piece : pieces) {
                switch (piece) {
                    case Comparison.Kept(int from, int to) ->
                        out = withRoom(out, to - from).put(bytes.slice(from, to - from));
                    case Comparison.Other(int number) -> {
                        out = withRoom(out, LONGEST_ENTRY);
                        write(tree.line(number), fresh, out);
                    }
                }
            }
            return new Entries(out.flip());
        }

        private static ByteBuffer withRoom(ByteBuffer out, int wanted) {
            return out.remaining() >= wanted
                    ? out
                    : ByteBuffer.allocate(2 * out.capacity() + wanted).put(out.flip());
        }

        private static void write(ListedTree.Line line, long fresh, ByteBuffer out) {
            if (line.entry() instanceof TreeEntry.RegularFile file) {
                TreeEntry.State state = file.state();
                int sure = state.changed() < fresh ? 0 : UNSURE;
                head((file.executable() ? EXECUTABLE : FILE) | sure, file, out);
                out.putLong(file.size()).putLong(state.changed()).putLong(state.inode());
                line.content().write(out);
            } else if (line.entry() instanceof TreeEntry.Link link) {
                head(LINK, link, out);
                write(link.target(), out);
            } else {
                head(FOLDER, line.entry(), out);
            }
        }

        private static void head(int kind, TreeEntry entry, ByteBuffer out) {
            out.put((byte) kind);
            write(entry.path(), out);
            out.putLong(entry.modified());
        }

        private static void write(String text, ByteBuffer out) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.putShort((short) utf8.length).put(utf8);
        }

        /** The first of them. */
        Cursor start() {
            return new Cursor(bytes.duplicate());
        }
    }

    /** One entry at a time. For one thread. */
    static final class Cursor {
        private final ByteBuffer in;
        private boolean there = true;
        private int from;
        private int kind;
        private String path = "";
        private long modified;
        private int rest;

        private Cursor(ByteBuffer in) {
            this.in = in;
            next();
        }

        /** Whether there is one; false behind the last. */
        boolean there() {
            return there;
        }

        /** Goes on. */
        void next() {
            there = in.hasRemaining();
            if (there) {
                from = in.position();
                kind = in.get();
                path = text(in);
                modified = in.getLong();
                rest = in.position();
                in.position(
                        isFile()
                                ? rest + 3 * Long.BYTES + Sha256.BYTES
                                : rest + (kind == Entries.LINK ? Short.BYTES + (in.getShort(rest) & 0xffff) : 0));
            }
        }

        /** Where its bytes begin. */
        int from() {
            return from;
        }

        /** Where its bytes end. */
        int to() {
            return in.position();
        }

        String path() {
            return path;
        }

        boolean isFile() {
            return kind >= Entries.FILE;
        }

        /** The content of a file. */
        Sha256 digest() {
            return Sha256.read(in, rest + 3 * Long.BYTES);
        }

        /** Whether the entry surely is as it was. */
        boolean isAsBefore(TreeEntry entry) {
            return entry instanceof TreeEntry.RegularFile file
                    ? isAsBefore(file)
                    : !isFile()
                            && entry.modified() == modified
                            && entry.target().equals(target())
                            && kind == (entry instanceof TreeEntry.Link ? Entries.LINK : Entries.FOLDER);
        }

        private boolean isAsBefore(TreeEntry.RegularFile file) {
            return (kind == Entries.FILE || kind == Entries.EXECUTABLE)
                    && file.executable() == (kind == Entries.EXECUTABLE)
                    && file.size() == in.getLong(rest)
                    && file.state().modified() == modified
                    && file.state().changed() == in.getLong(rest + Long.BYTES)
                    && file.state().inode() == in.getLong(rest + 2 * Long.BYTES);
        }

        private String target() {
            return kind == Entries.LINK ? text(in.duplicate().position(rest)) : "";
        }

        /** The entry with its digest. */
        ListedTree.Line line() {
            if (isFile()) {
                TreeEntry.State state =
                        new TreeEntry.State(modified, in.getLong(rest + Long.BYTES), in.getLong(rest + 2 * Long.BYTES));
                boolean executable = (kind & ~Entries.UNSURE) == Entries.EXECUTABLE;
                return new ListedTree.Line(
                        new TreeEntry.RegularFile(path, in.getLong(rest), executable, state), Optional.of(digest()));
            }
            TreeEntry entry = kind == Entries.LINK
                    ? new TreeEntry.Link(path, target(), modified)
                    : new TreeEntry.Folder(path, modified);
            return new ListedTree.Line(entry, Optional.empty());
        }
    }
}
