package io.sallyport.builds.source;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a source was found to hold. The parts are those of {@link Source} and {@link Received.Pending}. */
record Findings(
        long entries,
        long unpackedBytes,
        long tarBytes,
        Optional<SpecFile> spec,
        Optional<String> misplacedSpec,
        Optional<String> gitCommit) {
    /** Walks to the end, picking up specs on the way; {@code specNames} are in the order of preference. */
    static Findings read(SourceWalk walk, List<String> specNames) throws IOException {
        Map<String, SpecFile> specs = new HashMap<>();
        Optional<String> folder = Optional.empty();
        for (Entry entry = walk.next(); entry != null; entry = walk.next()) {
            if (entry instanceof Entry.RegularFile file && specNames.contains(file.path())) {
                specs.put(file.path(), new SpecFile(file.path(), walk.body().readNBytes(SpecFile.MOST_BYTES)));
            } else if (folder.isEmpty() && entry instanceof Entry.RegularFile file) {
                folder = folder(file.path(), specNames);
            }
        }
        Optional<SpecFile> spec =
                specNames.stream().filter(specs::containsKey).findFirst().map(specs::get);
        Optional<String> misplaced = spec.isPresent() ? Optional.empty() : folder;
        return new Findings(walk.entries(), walk.fileBytes(), walk.tarBytes(), spec, misplaced, walk.gitCommit());
    }

    /** Where a file would be a spec if its folder were the root: an archive is easily made one folder too high. */
    private static Optional<String> folder(String path, List<String> specNames) {
        int slash = path.indexOf('/');
        return slash > 0 && specNames.contains(path.substring(slash + 1))
                ? Optional.of(path.substring(0, slash))
                : Optional.empty();
    }
}
