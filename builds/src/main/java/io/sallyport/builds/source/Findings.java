package io.sallyport.builds.source;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a source was found to hold. The parts are those of {@link Source} and {@link Received.Pending}. */
record Findings(long entries, long unpackedBytes, long tarBytes, Optional<SpecFile> spec, Optional<String> gitCommit) {
    /** Walks to the end, picking up specs on the way; {@code specNames} are in the order of preference. */
    static Findings read(SourceWalk walk, List<String> specNames) throws IOException {
        Map<String, SpecFile> specs = new HashMap<>();
        for (Entry entry = walk.next(); entry != null; entry = walk.next()) {
            if (entry instanceof Entry.RegularFile file && specNames.contains(file.path())) {
                specs.put(file.path(), new SpecFile(file.path(), walk.body().readNBytes(SpecFile.MOST_BYTES)));
            }
        }
        Optional<SpecFile> spec =
                specNames.stream().filter(specs::containsKey).findFirst().map(specs::get);
        return new Findings(walk.entries(), walk.fileBytes(), walk.tarBytes(), spec, walk.gitCommit());
    }
}
