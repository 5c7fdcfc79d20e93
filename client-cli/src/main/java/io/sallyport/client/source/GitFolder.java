package io.sallyport.client.source;

import io.sallyport.client.ClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What git keeps of a checkout, read without git.
 *
 * @param own of this checkout: index and HEAD
 * @param shared with its other checkouts: configuration and patterns
 */
record GitFolder(Path own, Path shared) {
    private static final int SHA1 = 20;
    private static final int SHA256 = 32;

    /** That of the checkout whose top is the folder. */
    static Optional<GitFolder> of(Path top) throws ClientException {
        Path at = top.resolve(".git");
        Path own = Files.isRegularFile(at)
                ? top.resolve(line(at).replaceFirst("^gitdir:\\s*", "")).normalize()
                : at;
        if (!Files.exists(own.resolve("HEAD"))) {
            return Optional.empty();
        }
        Path common = own.resolve("commondir");
        Path shared = Files.isRegularFile(common) ? own.resolve(line(common)).normalize() : own;
        return Optional.of(new GitFolder(own, shared));
    }

    /** What is tracked. */
    GitIndex index() throws ClientException {
        boolean sha256 = settings(shared.resolve("config"), "extensions", "objectformat")
                .filter("sha256"::equals)
                .isPresent();
        return GitIndex.read(own.resolve("index"), sha256 ? SHA256 : SHA1);
    }

    /** The patterns that hold for all of the checkout, the weaker first: the user's, then its own. */
    List<IgnoreFile> patterns(String below, Map<String, String> environment) throws ClientException {
        List<IgnoreFile> files = new ArrayList<>();
        Optional<Path> ofUser = ofUser(environment);
        if (ofUser.isPresent()) {
            IgnoreFile.read(ofUser.get(), below).ifPresent(files::add);
        }
        IgnoreFile.read(shared.resolve("info/exclude"), below).ifPresent(files::add);
        return files;
    }

    /** {@code core.excludesFile}, or where that is usually. */
    private Optional<Path> ofUser(Map<String, String> environment) throws ClientException {
        Optional<Path> home = Optional.ofNullable(environment.get("HOME")).map(Path::of);
        Optional<Path> config = Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(value -> value.startsWith("/"))
                .map(Path::of)
                .or(() -> home.map(at -> at.resolve(".config")));
        List<Path> files = new ArrayList<>(List.of(shared.resolve("config")));
        home.map(at -> at.resolve(".gitconfig")).ifPresent(files::add);
        config.map(at -> at.resolve("git/config")).ifPresent(files::add);
        for (Path file : files) {
            Optional<String> set = settings(file, "core", "excludesfile");
            if (set.isPresent()) {
                String text = set.get();
                return text.startsWith("~/")
                        ? home.map(at -> at.resolve(text.substring(2)))
                        : Optional.of(shared.resolve(text));
            }
        }
        return config.map(at -> at.resolve("git/ignore"));
    }

    /** The last value of a key in a section, in lower case both. */
    private static Optional<String> settings(Path file, String section, String key) throws ClientException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Optional<String> found = Optional.empty();
        String at = "";
        for (String line : text(file).lines().map(String::strip).toList()) {
            if (line.startsWith("[")) {
                at = line.replaceAll("[\\[\\]\\s]", "").toLowerCase(Locale.ROOT);
            } else if (at.equals(section) && line.indexOf('=') > 0) {
                String name = line.substring(0, line.indexOf('=')).strip();
                String value = line.substring(line.indexOf('=') + 1).strip();
                found = name.equalsIgnoreCase(key) ? Optional.of(value.replaceAll("^\"|\"$", "")) : found;
            }
        }
        return found;
    }

    private static String line(Path file) throws ClientException {
        return text(file).strip();
    }

    private static String text(Path file) throws ClientException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ClientException.BadSource("cannot read '" + file + "': " + e.getMessage());
        }
    }
}
