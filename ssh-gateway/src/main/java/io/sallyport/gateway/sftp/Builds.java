package io.sallyport.gateway.sftp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /builds}: a folder for each build that the caller may see; the newest are listed. */
final class Builds {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final int PAGE = 100;
    private static final int MOST_LISTED = 1000;

    private final Records records;
    private final ArtifactTrees artifacts;
    private final Instant opened;

    Builds(Records records, Instant opened) {
        this.records = records;
        this.artifacts = new ArtifactTrees(records);
        this.opened = opened;
    }

    Node find(List<String> names) throws Failure {
        if (names.isEmpty()) {
            return new Recent();
        }
        String number = names.getFirst();
        if (!NUMBER.matcher(number).matches()) {
            throw Failure.notThere();
        }
        BuildFolder build = new BuildFolder(records, artifacts, Long.parseLong(number));
        return build.find(names.subList(1, names.size()));
    }

    /** The folder itself. */
    private final class Recent implements Node {
        @Override
        public Attributes attributes() {
            return Attributes.folder(opened);
        }

        @Override
        public Listing list() {
            return new Pages();
        }
    }

    /** The newest builds, page by page up to a bound. */
    private final class Pages implements Listing {
        private Optional<String> cursor = Optional.empty();
        private int listed;
        private boolean over;

        @Override
        public List<Entry> next() throws Failure, InterruptedException {
            if (over || listed >= MOST_LISTED) {
                return List.of();
            }
            Map<String, String> parameters = new LinkedHashMap<>(Map.of("limit", Integer.toString(PAGE)));
            cursor.ifPresent(after -> parameters.put("after", after));
            Records.Page page = records.page("/builds", parameters);
            cursor = page.next();
            over = cursor.isEmpty();
            List<Entry> entries = new ArrayList<>();
            for (JsonNode item : page.items()) {
                BuildRecord build = BuildRecord.of(item);
                entries.add(new Entry(Long.toString(build.id()), Attributes.folder(build.modified())));
            }
            listed += entries.size();
            return entries;
        }
    }
}
