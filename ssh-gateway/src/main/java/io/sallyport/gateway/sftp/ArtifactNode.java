package io.sallyport.gateway.sftp;

import io.sallyport.builds.Content;
import java.util.List;
import java.util.Map;

/**
 * {@code /builds/ID/artifacts} and what is in it.
 *
 * @param build the number
 * @param path of an artifact or a folder of some, the root's being empty
 */
record ArtifactNode(Records records, ArtifactTrees trees, long build, String path) implements Node {
    @Override
    public Attributes attributes() throws Failure, InterruptedException {
        return tree().attributes(path).orElseThrow(Failure::notThere);
    }

    @Override
    public Content content() throws Failure, InterruptedException {
        if (path.isEmpty()) {
            throw new Failure(Status.FAILURE, "this is no file");
        }
        return records.content("/builds/" + build + "/artifacts/" + path, Map.of());
    }

    @Override
    public Listing list() throws Failure, InterruptedException {
        return Listing.of(List.copyOf(tree().list(path).orElseThrow(Failure::notThere)));
    }

    private ArtifactTree tree() throws Failure, InterruptedException {
        return trees.of(records.build(build));
    }
}
