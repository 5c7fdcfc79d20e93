package io.sallyport.gateway.sftp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The projects that the caller may see. Names with slashes are folders within folders, as they read. */
final class ProjectNames {
    private final NavigableMap<String, Instant> created = new TreeMap<>();

    private final Set<String> open = new HashSet<>();

    private ProjectNames() {}

    static ProjectNames of(Records records) throws Failure, InterruptedException {
        ProjectNames names = new ProjectNames();
        for (JsonNode project : records.list("/projects")) {
            String name = project.path("name").asText();
            names.created.put(name, Instant.parse(project.path("created").asText()));
            if (project.path("maySubmit").asBoolean()) {
                names.open.add(name);
            }
        }
        return names;
    }

    /** Whether there is a project of exactly that name. */
    boolean has(String name) {
        return created.containsKey(name);
    }

    /** Whether there is a project of exactly that name to which the caller may submit. */
    boolean takes(String name) {
        return open.contains(name);
    }

    /** When the project was made, or the first of those below the name; empty when there are none. */
    Optional<Instant> since(String name) {
        Optional<Instant> own = Optional.ofNullable(created.get(name));
        return own.or(() -> below(name).values().stream().min(Instant::compareTo));
    }

    /** The next segments of the names below a name, all first segments for the empty one. */
    Collection<String> children(String name) {
        int from = name.isEmpty() ? 0 : name.length() + 1;
        return below(name).keySet().stream()
                .map(longer -> segment(longer, from))
                .distinct()
                .toList();
    }

    /** One name of the segments of a path. */
    static String join(List<String> segments) {
        return String.join("/", segments);
    }

    private NavigableMap<String, Instant> below(String name) {
        // A slash is followed by '0': this is all that begins with the name and a slash.
        return name.isEmpty() ? created : created.subMap(name + "/", true, name + "0", false);
    }

    private static String segment(String name, int from) {
        int slash = name.indexOf('/', from);
        return name.substring(from, slash < 0 ? name.length() : slash);
    }
}
