package io.sallyport.builds.git;

import io.sallyport.builds.git.Objects.Located;
import io.sallyport.builds.git.Objects.Named;
import java.io.IOException;
import java.io.InputStream;

/** Makes objects of others and a list of what to copy and what to put in. For one thread. */
final class Delta {
    /** A base up to this size is held while its copies are made: what that costs is not much more than the copies. */
    private static final int SMALL = 64 << 10;

    private static final int PIECE = 64 << 10;

    private final Objects objects;
    private final byte[] piece = new byte[PIECE];
    private final byte[] base = new byte[SMALL];
    private long held = -1;

    Delta(Objects objects) {
        this.objects = objects;
    }

    /** Reads the list to its end. */
    Named apply(Located from, InputStream list) throws IOException {
        if (size(list) != from.length()) {
            throw GitFailure.malformed("a difference to another base");
        }
        long size = size(list);
        hold(from);
        objects.begin(from.type(), size);
        long left = size;
        for (int command = list.read(); command >= 0; command = list.read()) {
            long done = (command & 0x80) != 0 ? copy(from, command, list, left) : insert(command, list, left);
            left -= done;
        }
        return objects.end();
    }

    private void hold(Located from) throws IOException {
        if (from.length() <= SMALL && held != from.start()) {
            objects.read(from.start(), base, 0, (int) from.length());
            held = from.start();
        }
    }

    private long insert(int length, InputStream list, long left) throws IOException {
        if (length == 0 || length > left || list.readNBytes(piece, 0, length) < length) {
            throw damaged();
        }
        objects.append(piece, 0, length);
        return length;
    }

    private long copy(Located from, int command, InputStream list, long left) throws IOException {
        long offset = 0;
        for (int i = 0; i < 4; i++) {
            if ((command & (1 << i)) != 0) {
                offset |= (long) next(list) << (8 * i);
            }
        }
        long length = 0;
        for (int i = 0; i < 3; i++) {
            if ((command & (0x10 << i)) != 0) {
                length |= (long) next(list) << (8 * i);
            }
        }
        length = length == 0 ? 0x10000 : length;
        if (offset > from.length() || length > from.length() - offset || length > left) {
            throw damaged();
        }
        if (from.length() <= SMALL) {
            objects.append(base, (int) offset, (int) length);
            return length;
        }
        for (long done = 0; done < length; ) {
            int some = (int) Math.min(PIECE, length - done);
            objects.read(from.start() + offset + done, piece, 0, some);
            objects.append(piece, 0, some);
            done += some;
        }
        return length;
    }

    private static long size(InputStream list) throws IOException {
        long size = 0;
        int next = 0x80;
        for (int shift = 0; (next & 0x80) != 0; shift += 7) {
            next = next(list);
            if (shift > 53) {
                throw damaged();
            }
            size |= (long) (next & 0x7f) << shift;
        }
        return size;
    }

    private static int next(InputStream list) throws IOException {
        int next = list.read();
        if (next < 0) {
            throw damaged();
        }
        return next;
    }

    private static GitFailure damaged() {
        return GitFailure.malformed("a difference that is damaged");
    }
}
