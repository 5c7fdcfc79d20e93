package io.sallyport.client.mina;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the files of known hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT) say of one host. They are read and never written. */
final class KnownHosts {
    private final List<Entry> entries;

    /**
     * A line for the host.
     *
     * @param marker {@code @revoked}, {@code @cert-authority} or nothing
     * @param type such as {@code ssh-ed25519}
     * @param key as in RFC 4253, 6.6, in Base64
     * @param place file and line, for people
     */
    record Entry(String marker, String type, String key, String place) {
        boolean is(String other) {
            return key.equals(other);
        }

        boolean plain() {
            return marker.isEmpty();
        }

        boolean authority() {
            return marker.equals("@cert-authority");
        }

        boolean revoked() {
            return marker.equals("@revoked");
        }
    }

    private KnownHosts(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * What is said of a host under any of its names; the first name that has a key of its own counts.
     *
     * @param names such as {@code [build.example]:2222} and {@code build.example}
     */
    static KnownHosts of(List<Path> files, List<String> names) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String name : names) {
            List<Entry> found = new ArrayList<>();
            for (Path file : files) {
                read(file, name, found);
            }
            // Under another name only what is revoked counts, once there is a key.
            boolean decided = entries.stream().anyMatch(entry -> !entry.revoked());
            found.stream().filter(entry -> !decided || entry.revoked()).forEach(entries::add);
        }
        return new KnownHosts(entries);
    }

    /** The line that makes the key not to be used any more. */
    Optional<Entry> revoking(String key) {
        return entries.stream()
                .filter(Entry::revoked)
                .filter(entry -> entry.is(key))
                .findFirst();
    }

    /** Whether the key itself is known. */
    boolean knows(String key) {
        return entries.stream().filter(Entry::plain).anyMatch(entry -> entry.is(key));
    }

    /** Whether an authority is known that has this key. */
    boolean trusts(String key) {
        return entries.stream().filter(Entry::authority).anyMatch(entry -> entry.is(key));
    }

    /** A key of the host that is known. */
    Optional<Entry> another() {
        return entries.stream().filter(Entry::plain).findFirst();
    }

    /** The types of keys that are known, in their order. */
    Set<String> types() {
        Set<String> types = new LinkedHashSet<>();
        entries.stream().filter(Entry::plain).forEach(entry -> types.add(entry.type()));
        return types;
    }

    /** Whether there is an authority for this host. */
    boolean hasAuthority() {
        return entries.stream().anyMatch(Entry::authority);
    }

    private static void read(Path file, String name, List<Entry> found) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return;
        }
        int number = 0;
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            for (String line : (Iterable<String>) lines::iterator) {
                entry(line, name, file + " line " + ++number).ifPresent(found::add);
            }
        }
    }

    private static Optional<Entry> entry(String line, String name, String place) {
        List<String> words = List.of(line.strip().split("\\s+"));
        boolean marked = words.getFirst().startsWith("@");
        List<String> rest = marked ? words.subList(1, words.size()) : words;
        if (line.strip().startsWith("#") || rest.size() < 3 || !HashedName.fits(name, rest.getFirst())) {
            return Optional.empty();
        }
        try {
            String key = Base64.getEncoder().encodeToString(Base64.getDecoder().decode(rest.get(2)));
            return Optional.of(new Entry(marked ? words.getFirst() : "", rest.get(1), key, place));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
