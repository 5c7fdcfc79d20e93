package io.sallyport.gateway.sftp;

import java.util.Optional;

/** The artifacts of builds as trees; of a build that has ended, the latest is kept, since it changes no more. */
final class ArtifactTrees {
    private final Records records;
    private Optional<Kept> kept = Optional.empty();

    ArtifactTrees(Records records) {
        this.records = records;
    }

    private record Kept(BuildRecord build, ArtifactTree tree) {}

    /** The tree of a build whose record has just been read. */
    ArtifactTree of(BuildRecord build) throws Failure, InterruptedException {
        if (kept.isPresent() && kept.get().build().equals(build)) {
            return kept.get().tree();
        }
        ArtifactTree tree = ArtifactTree.of(records.list("/builds/" + build.id() + "/artifacts"), build.modified());
        kept = build.ended() ? Optional.of(new Kept(build, tree)) : Optional.empty();
        return tree;
    }
}
