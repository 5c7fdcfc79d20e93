package io.sallyport.builds.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of the jobs in a log, numbered from 1. On disk, per name in this order: two bytes with its length, its bytes
 * in UTF-8. Read by all threads; new names come from the one writer.
 */
final class JobNames {
    /** The greatest number of a job. */
    static final int MOST = 0xffff;

    private static final int LONGEST = 1024;

    private final Path file;
    private final Map<Integer, String> names = new ConcurrentHashMap<>();
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private long bytes; // of the file, as far as it could be read; for the writer
    private boolean unsynced;

    private JobNames(Path file) {
        this.file = file;
    }

    /** Reads the names; there are none when there is no file. A torn last one was never used. */
    static JobNames read(Path file) throws IOException {
        JobNames names = new JobNames(file);
        ByteBuffer all;
        try {
            all = ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return names;
        }
        while (all.remaining() >= Short.BYTES) {
            byte[] name = new byte[Short.toUnsignedInt(all.getShort())];
            if (name.length > all.remaining()) {
                break;
            }
            all.get(name);
            names.add(new String(name, StandardCharsets.UTF_8));
            names.bytes = all.position();
        }
        return names;
    }

    private int add(String name) {
        int number = names.size() + 1;
        names.put(number, name);
        numbers.put(name, number);
        return number;
    }

    /** The job's name; empty for the build as a whole. */
    String name(int number) {
        return number == 0 ? "" : names.getOrDefault(number, "job-" + number);
    }

    /** The job's number, if it has one yet. */
    OptionalInt number(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Whether the writer has given that number to a job, or it is 0. */
    boolean knows(int number) {
        return number == 0 || names.containsKey(number);
    }

    /**
     * The job's number, a new one if it has none. Only for the writer, under its lock.
     *
     * @throws IllegalArgumentException when the name is empty or too long, or there are too many jobs
     * @throws IOException when a new name cannot be written; it then has no number
     */
    int numberOrNew(String name) throws IOException {
        OptionalInt known = number(name);
        if (known.isPresent()) {
            return known.getAsInt();
        }
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        if (text.length == 0 || text.length > LONGEST || names.size() == MOST) {
            throw new IllegalArgumentException(
                    "job number " + (names.size() + 1) + " with a name of " + text.length + " bytes");
        }
        byte[] entry = ByteBuffer.allocate(Short.BYTES + text.length)
                .putShort((short) text.length)
                .put(text)
                .array();
        try (AppendFile out = new AppendFile(file)) {
            out.truncate(bytes);
            out.append(entry, 0, entry.length);
            bytes = out.size();
        }
        unsynced = true;
        return add(name);
    }

    /** Makes the names durable; true when there were new ones. Only for the writer, under its lock. */
    boolean sync() throws IOException {
        if (!unsynced) {
            return false;
        }
        try (AppendFile out = new AppendFile(file)) {
            out.sync();
        }
        unsynced = false;
        return true;
    }
}
