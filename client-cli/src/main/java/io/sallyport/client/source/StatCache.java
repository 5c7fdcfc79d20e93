package io.sallyport.client.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Remembers a folder as it was when a submission of it was accepted: the digests of its files, next to what no change of a
 * file leaves as it is, and the manifest by which the gateway knows all of it. Only saves work: one that is lost, damaged or
 * cannot be written changes nothing else.
 */
public final class StatCache {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** A file changed so short before it was looked at may be changed again without a new time. */
    private static final long TOO_FRESH = Duration.ofSeconds(2).toNanos();

    private final Path file;
    private final String gateway;
    private final RememberedTree remembered;
    private final long opened = System.currentTimeMillis() * NANOS_PER_MILLI;

    private StatCache(Path file, String gateway, RememberedTree remembered) {
        this.file = file;
        this.gateway = gateway;
        this.remembered = remembered;
    }

    /**
     * The cache of a folder; empty when there is none that can be read.
     *
     * @param caches folder of all of them, made when it is needed
     * @param folder that is submitted
     * @param gateway host, port and project: what one has says nothing of another
     */
    public static StatCache open(Path caches, Path folder, String gateway) {
        byte[] name = Sha256.maker()
                .digest(folder.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
        Path file = caches.resolve(HexFormat.of().formatHex(name, 0, 16));
        try {
            return new StatCache(file, gateway, RememberedTree.read(Files.readAllBytes(file)));
        } catch (IOException e) {
            return new StatCache(file, gateway, RememberedTree.none());
        }
    }

    /** The manifest of all that is remembered, of which the gateway has a build; empty when it is another one's. */
    Optional<String> base() {
        return Optional.of(remembered.manifest())
                .filter(manifest -> !manifest.isEmpty() && remembered.gateway().equals(gateway));
    }

    /** What is remembered of the entries. */
    Comparison compare(List<TreeEntry> entries) {
        return Comparison.of(entries, remembered);
    }

    /** Takes from the digests those of contents that are remembered. */
    void removeKnown(Set<Sha256> digests) {
        for (RememberedTree.Cursor at = remembered.entries().start(); at.there() && !digests.isEmpty(); at.next()) {
            if (at.isFile()) {
                digests.remove(at.digest());
            }
        }
    }

    /**
     * Writes down that a gateway has all of a tree.
     *
     * @param manifest the SHA-256 by which it knows the tree
     */
    void accepted(RememberedTree.Entries tree, String manifest) {
        if (tree != remembered.entries() || !base().equals(Optional.of(manifest))) {
            write(new RememberedTree(gateway, manifest, tree).bytes());
        }
    }

    /** A tree as it is to be remembered, when it is accepted. */
    RememberedTree.Entries entries(ListedTree tree, Comparison comparison) {
        return comparison.allAsBefore()
                ? remembered.entries()
                : remembered.entries().updated(tree, comparison.pieces(), opened - TOO_FRESH);
    }

    private void write(byte[] bytes) {
        try {
            Path folder = Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path part = folder.resolve(file.getFileName() + "."
                    + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
            try {
                Files.write(part, bytes);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            // The next submission reads the files once more.
        }
    }
}
