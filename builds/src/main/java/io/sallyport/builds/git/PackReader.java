package io.sallyport.builds.git;

import io.sallyport.builds.git.Objects.Located;
import io.sallyport.builds.git.Objects.Named;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Unpacks a pack while it comes (git's documentation of {@code gitformat-pack}). Differences are applied at once, when their base
 * came before them, as in nearly all packs; the others are put aside. For one thread.
 */
final class PackReader {
    private static final int MAGIC = 0x5041434b;
    private static final int OFFSET_DELTA = 6;
    private static final int NAME_DELTA = 7;
    private static final int PIECE = 64 << 10;

    private final PackInput in;
    private final Objects objects;
    private final int nameBytes;
    private final int mostObjects;
    private final Delta delta;
    private final byte[] piece = new byte[PIECE];
    private final Map<ObjectId, List<Aside>> waiting = new HashMap<>();
    private long[] offsets = new long[0];
    private Located[] located = new Located[0];
    private int count;

    /** A difference whose base has not come yet, and the object that will be made of it. */
    private record Aside(int index, long start, long length) {}

    PackReader(PackInput in, Objects objects, int nameBytes, int mostObjects) {
        this.in = in;
        this.objects = objects;
        this.nameBytes = nameBytes;
        this.mostObjects = mostObjects;
        this.delta = new Delta(objects);
    }

    /** Reads all of it. */
    void read() throws IOException {
        if (number() != MAGIC) {
            throw GitFailure.malformed("no pack comes");
        }
        int version = number();
        if (version != 2 && version != 3) {
            throw GitFailure.malformed("a pack of version " + version);
        }
        long objectCount = Integer.toUnsignedLong(number());
        if (objectCount > mostObjects) {
            throw GitFailure.tooLarge("git objects", mostObjects);
        }
        offsets = new long[(int) objectCount];
        located = new Located[(int) objectCount];
        for (count = 0; count < objectCount; count++) {
            offsets[count] = in.position();
            object();
        }
        in.finish();
        if (!waiting.isEmpty()) {
            throw GitFailure.malformed("an object whose base does not come");
        }
    }

    private int number() throws IOException {
        return (in.next() << 24) | (in.next() << 16) | (in.next() << 8) | in.next();
    }

    private void object() throws IOException {
        int head = in.next();
        int type = (head >> 4) & 7;
        long size = head & 15;
        for (int shift = 4; (head & 0x80) != 0; shift += 7) {
            head = in.next();
            if (shift > 53) {
                throw GitFailure.malformed("an object of an absurd size");
            }
            size |= (long) (head & 0x7f) << shift;
        }
        switch (type) {
            case 1 -> whole(ObjectType.COMMIT, size);
            case 2 -> whole(ObjectType.TREE, size);
            case 3 -> whole(ObjectType.BLOB, size);
            case 4 -> whole(ObjectType.TAG, size);
            case OFFSET_DELTA -> ofOffset(size);
            case NAME_DELTA -> ofName(size);
            default -> throw GitFailure.malformed("an object of an unknown type");
        }
    }

    private void whole(ObjectType type, long size) throws IOException {
        objects.begin(type, size);
        InputStream bytes = in.inflated(size);
        for (int some = bytes.read(piece); some >= 0; some = bytes.read(piece)) {
            objects.append(piece, 0, some);
        }
        found(count, objects.end());
    }

    private void ofOffset(long size) throws IOException {
        int next = in.next();
        long back = next & 0x7f;
        while ((next & 0x80) != 0) {
            next = in.next();
            if (back > Long.MAX_VALUE >> 8) {
                throw GitFailure.malformed("an object whose base is absurdly far");
            }
            back = ((back + 1) << 7) | (next & 0x7f);
        }
        int base = Arrays.binarySearch(offsets, 0, count, offsets[count] - back);
        if (base < 0) {
            throw GitFailure.malformed("an object whose base is none");
        }
        if (located[base] == null) {
            // Its base waits itself for one that is named; no server does this, since it may say both by the same
            // means.
            throw GitFailure.malformed("an object whose base has not come");
        }
        objects.charge(size);
        found(count, delta.apply(located[base], in.inflated(size)));
    }

    private void ofName(long size) throws IOException {
        byte[] name = new byte[nameBytes];
        for (int i = 0; i < nameBytes; i++) {
            name[i] = (byte) in.next();
        }
        ObjectId id = ObjectId.of(name, 0, nameBytes);
        objects.charge(size);
        InputStream bytes = in.inflated(size);
        Located base = objects.find(id).orElse(null);
        if (base != null) {
            found(count, delta.apply(base, bytes));
            return;
        }
        long start = objects.position();
        for (int some = bytes.read(piece); some >= 0; some = bytes.read(piece)) {
            objects.put(piece, 0, some);
        }
        waiting.computeIfAbsent(id, key -> new ArrayList<>()).add(new Aside(count, start, size));
    }

    /** Notes an object, and makes those that have waited for it. */
    private void found(int index, Named first) throws IOException {
        located[index] = first.located();
        Deque<Named> bases = new ArrayDeque<>();
        bases.add(first);
        while (!bases.isEmpty()) {
            Named base = bases.remove();
            List<Aside> children = waiting.remove(base.id());
            for (Aside child : children == null ? List.<Aside>of() : children) {
                Named made = delta.apply(base.located(), new Region(objects, child.start(), child.length()));
                located[child.index()] = made.located();
                bases.add(made);
            }
        }
    }
}
