package io.sallyport.client.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Remembers the digests of a folder's files by what no change leaves as it is, and what the gateway had of them when a
 * submission was accepted. Only saves work: one that is lost, damaged or cannot be written changes nothing else.
 */
public final class StatCache {
    private static final int MAGIC = 0x53414c31;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** No file is like it. */
    private static final TreeEntry.State UNSURE = new TreeEntry.State(-1, -1, -1);

    /** A file changed so short before it was looked at may be changed again without a new time. */
    private static final long TOO_FRESH = Duration.ofSeconds(2).toNanos();

    private final Path file;
    private final String gateway;
    private final Map<String, Known> known = new HashMap<>();
    private boolean changed;
    private final long opened = System.currentTimeMillis() * NANOS_PER_MILLI;

    private StatCache(Path file, String gateway) {
        this.file = file;
        this.gateway = gateway;
    }

    /** What is remembered of a file; whether the gateway has it. */
    private record Known(long size, TreeEntry.State state, String digest, boolean there) {}

    /**
     * The cache of a folder; empty when there is none that can be read.
     *
     * @param caches folder of all of them, made when it is needed
     * @param folder that is submitted
     * @param gateway host, port and project: what one has says nothing of another
     */
    public static StatCache open(Path caches, Path folder, String gateway) {
        byte[] name = FileDigests.sha256()
                .digest(folder.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
        StatCache cache = new StatCache(caches.resolve(HexFormat.of().formatHex(name, 0, 16)), gateway);
        try {
            cache.read(Files.readAllBytes(cache.file));
        } catch (IOException | RuntimeException e) {
            cache.known.clear();
        }
        return cache;
    }

    /** The digest of a file that has not changed. */
    Optional<String> digest(TreeEntry.RegularFile entry) {
        Known found = known.get(entry.path());
        return found != null && found.size() == entry.size() && found.state().equals(entry.state())
                ? Optional.of(found.digest())
                : Optional.empty();
    }

    void note(TreeEntry.RegularFile entry, String digest) {
        known.put(entry.path(), new Known(entry.size(), entry.state(), digest, false));
        changed = true;
    }

    /** Whether anything is known of what the gateway has. */
    boolean knowsGateway() {
        return known.values().stream().anyMatch(Known::there);
    }

    /** Digests that the gateway had, of these files. */
    List<String> lacking(Manifest manifest) {
        List<String> there =
                known.values().stream().filter(Known::there).map(Known::digest).toList();
        Map<String, TreeEntry.RegularFile> lacking = new HashMap<>(manifest.files());
        there.forEach(lacking::remove);
        return List.copyOf(lacking.keySet());
    }

    /** Writes down that the gateway has all files of a manifest. */
    void accepted(Manifest manifest, List<TreeEntry> entries) {
        Map<String, Known> now = new HashMap<>();
        boolean same = !changed;
        for (TreeEntry entry : entries) {
            Known found = known.get(entry.path());
            if (found != null && manifest.files().containsKey(found.digest())) {
                same &= found.there();
                boolean sure = found.state().changed() < opened - TOO_FRESH;
                now.put(entry.path(), new Known(found.size(), sure ? found.state() : UNSURE, found.digest(), true));
            }
        }
        if (!same || now.size() != known.size()) {
            write(now);
        }
    }

    private void read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != MAGIC) {
            return;
        }
        boolean same = in.readUTF().equals(gateway);
        int count = in.readInt();
        byte[] digest = new byte[32];
        for (int i = 0; i < count; i++) {
            String path = in.readUTF();
            long size = in.readLong();
            TreeEntry.State state = new TreeEntry.State(in.readLong(), in.readLong(), in.readLong());
            in.readFully(digest);
            known.put(path, new Known(size, state, HexFormat.of().formatHex(digest), same));
        }
    }

    private void write(Map<String, Known> now) {
        try {
            Path folder = Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path part = folder.resolve(file.getFileName() + "."
                    + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
            try {
                Files.write(part, bytes(now));
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            // The next submission reads the files once more.
        }
    }

    private byte[] bytes(Map<String, Known> now) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeUTF(gateway);
        out.writeInt(now.size());
        for (Map.Entry<String, Known> entry : now.entrySet()) {
            Known one = entry.getValue();
            out.writeUTF(entry.getKey());
            out.writeLong(one.size());
            out.writeLong(one.state().modified());
            out.writeLong(one.state().changed());
            out.writeLong(one.state().inode());
            out.write(HexFormat.of().parseHex(one.digest()));
        }
        return bytes.toByteArray();
    }
}
