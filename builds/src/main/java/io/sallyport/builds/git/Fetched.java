package io.sallyport.builds.git;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.source.CommittedTree;
import io.sallyport.builds.source.GitOrigin;
import java.io.IOException;
import java.util.List;

/** What became of a fetch. */
public sealed interface Fetched {
    /** Nothing of it is kept. */
    record Refused(Refusal refusal) implements Fetched {}

    /** The commit is on the disk, until this is closed. For one thread. */
    final class Ready implements Fetched, AutoCloseable {
        private final Objects objects;
        private final FetchedTree tree;
        private final GitOrigin origin;

        Ready(Objects objects, FetchedTree tree, GitOrigin origin) {
            this.objects = objects;
            this.tree = tree;
            this.origin = origin;
        }

        /** Where it is from. */
        public GitOrigin origin() {
            return origin;
        }

        /** Its files, to be read once. */
        public CommittedTree tree() {
            return tree;
        }

        /** What should be said of it; known when the tree has been read to its end. */
        public List<FetchNotice> notices() {
            return tree.notices();
        }

        @Override
        public void close() throws IOException {
            objects.close();
        }
    }
}
