package io.sallyport.gateway.sftp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The paths of a build's artifacts, put together to folders. */
final class ArtifactTree {
    /** By path, the root's being empty: what is in each folder, by name. */
    private final Map<String, Map<String, Entry>> folders = new HashMap<>();

    private final Attributes folder;

    private ArtifactTree(Instant modified) {
        this.folder = Attributes.folder(modified);
        folders.put("", new TreeMap<>());
    }

    static ArtifactTree of(List<? extends JsonNode> artifacts, Instant modified) {
        ArtifactTree tree = new ArtifactTree(modified);
        for (JsonNode artifact : artifacts) {
            if (!artifact.path("visible").asBoolean(true)) {
                continue; // a later job's stands in its place
            }
            long size = artifact.path("size").asLong();
            boolean executable = artifact.path("executable").asBoolean();
            tree.add(
                    artifact.path("path").asText(),
                    executable ? Attributes.program(size, modified) : Attributes.file(OptionalLong.of(size), modified));
        }
        return tree;
    }

    /** Of the file or folder at a path, the root's being empty. */
    Optional<Attributes> attributes(String path) {
        if (folders.containsKey(path)) {
            return Optional.of(folder);
        }
        Map<String, Entry> parent = folders.getOrDefault(parent(path), Map.of());
        return Optional.ofNullable(parent.get(name(path))).map(Entry::attributes);
    }

    /** What is in a folder, by name; empty when there is no such folder. */
    Optional<Collection<Entry>> list(String path) {
        return Optional.ofNullable(folders.get(path)).map(Map::values);
    }

    private void add(String path, Attributes attributes) {
        ensure(parent(path)).putIfAbsent(name(path), new Entry(name(path), attributes));
    }

    /** The folder at a path; a new one is made known to those above it. */
    private Map<String, Entry> ensure(String path) {
        Map<String, Entry> there = folders.get(path);
        if (there != null) {
            return there;
        }
        Map<String, Entry> made = new TreeMap<>();
        folders.put(path, made);
        ensure(parent(path)).put(name(path), new Entry(name(path), folder));
        return made;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
