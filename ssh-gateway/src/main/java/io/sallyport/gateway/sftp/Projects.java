package io.sallyport.gateway.sftp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /projects}: a folder for each project that the caller may see, with links to its latest builds. In a project's
 * folder, a link stands before a project below it that has the link's name.
 */
final class Projects {
    private static final Map<String, Map<String, String>> LINKS =
            Map.of("latest", Map.of("limit", "1"), "latest-success", Map.of("limit", "1", "state", "succeeded"));

    private final Records records;
    private final Builds builds;
    private final Instant opened;

    Projects(Records records, Builds builds, Instant opened) {
        this.records = records;
        this.builds = builds;
        this.opened = opened;
    }

    Node find(List<String> names, boolean follow) throws Failure, InterruptedException {
        Optional<Latest> link = link(names);
        if (link.isEmpty()) {
            return new ProjectFolder(ProjectNames.join(names));
        }
        return link.get().rest().isEmpty() && !follow
                ? link.get()
                : builds.find(link.get().path());
    }

    /** The path that a link among the names leads to; empty when there is none. */
    Optional<RemotePath> real(List<String> names) throws InterruptedException {
        try {
            return link(names).map(link -> {
                List<String> real = new ArrayList<>(List.of("builds"));
                real.addAll(link.path());
                return new RemotePath(real);
            });
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    /** The first link among the names. */
    private Optional<Latest> link(List<String> names) throws Failure, InterruptedException {
        for (int i = 1; i < names.size(); i++) {
            if (LINKS.containsKey(names.get(i))) {
                String project = ProjectNames.join(names.subList(0, i));
                Optional<BuildRecord> build = latest(project, names.get(i));
                if (build.isPresent()) {
                    return Optional.of(new Latest(build.get(), names.subList(i + 1, names.size())));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<BuildRecord> latest(String project, String link) throws Failure, InterruptedException {
        Map<String, String> which = new LinkedHashMap<>(LINKS.getOrDefault(link, Map.of()));
        try {
            Records.Page page = records.page("/projects/" + project + "/builds", which);
            return page.items().stream().<JsonNode>map(item -> item).findFirst().map(BuildRecord::of);
        } catch (Failure e) {
            if (e.status() == Status.NO_SUCH_FILE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * A link to a build.
     *
     * @param build that it leads to
     * @param rest names behind the link
     */
    private record Latest(BuildRecord build, List<String> rest) implements Node {
        List<String> path() {
            List<String> path = new ArrayList<>(List.of(Long.toString(build.id())));
            path.addAll(rest);
            return path;
        }

        @Override
        public Attributes attributes() {
            return Attributes.link(target(), build.modified());
        }

        @Override
        public String target() {
            return "/builds/" + build.id();
        }
    }

    /** The folder of a project, or of projects whose names begin alike; the root's name is empty. */
    private final class ProjectFolder implements Node {
        private final String name;

        ProjectFolder(String name) {
            this.name = name;
        }

        @Override
        public Attributes attributes() throws Failure, InterruptedException {
            return folder(ProjectNames.of(records), name);
        }

        @Override
        public Listing list() throws Failure, InterruptedException {
            ProjectNames names = ProjectNames.of(records);
            folder(names, name);
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (String child : names.children(name)) {
                String longer = name.isEmpty() ? child : name + "/" + child;
                entries.put(child, new Entry(child, folder(names, longer)));
            }
            if (names.has(name)) {
                for (String link : LINKS.keySet()) {
                    latest(name, link)
                            .map(build -> new Latest(build, List.of()))
                            .ifPresent(to -> entries.put(link, new Entry(link, to.attributes())));
                }
            }
            return Listing.of(List.copyOf(entries.values()));
        }

        private Attributes folder(ProjectNames names, String of) throws Failure {
            if (of.isEmpty()) {
                return Attributes.folder(opened);
            }
            return Attributes.folder(names.since(of).orElseThrow(Failure::notThere));
        }
    }
}
