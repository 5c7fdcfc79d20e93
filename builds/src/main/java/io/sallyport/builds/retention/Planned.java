package io.sallyport.builds.retention;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run has removed so far, or would have: a bit for each build and kind, and names only where a build loses the
 * artifacts of some of its jobs.
 */
final class Planned {
    private final BitSet builds = new BitSet();
    private final BitSet sources = new BitSet();
    private final BitSet logs = new BitSet();
    private final Map<Long, Set<String>> jobs = new HashMap<>();

    void add(long build, Loss loss) {
        switch (loss.what()) {
            case BUILD -> {
                builds.set(bit(build));
                jobs.remove(build);
            }
            case SOURCE -> sources.set(bit(build));
            case LOG -> logs.set(bit(build));
            case ARTIFACTS -> jobs.computeIfAbsent(build, id -> new HashSet<>()).add(loss.job());
        }
    }

    boolean hasSource(long build) {
        return builds.get(bit(build)) || sources.get(bit(build));
    }

    boolean hasArtifacts(long build, String job) {
        return builds.get(bit(build)) || jobs.getOrDefault(build, Set.of()).contains(job);
    }

    /** What is left of a build as its record still has it. */
    Candidate left(Candidate build) {
        boolean gone = builds.get(bit(build.id()));
        List<Candidate.Files> files = build.files().stream()
                .filter(each -> !hasArtifacts(build.id(), each.job()))
                .toList();
        return new Candidate(
                build.id(),
                build.finished(),
                build.source(),
                build.hasSource() && !hasSource(build.id()),
                build.hasLog() && !gone && !logs.get(bit(build.id())),
                files);
    }

    boolean hasBuild(long build) {
        return builds.get(bit(build));
    }

    private static int bit(long build) {
        return Math.toIntExact(build);
    }
}
