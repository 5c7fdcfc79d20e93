package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A service's task that has found its node, and runs there or has.
 *
 * @param node where it is
 * @param container of it, on the node's own engine
 */
record PlacedTask(SwarmNode node, Container container) {
    /** What came of a wait for one. */
    sealed interface Wait {
        record Placed(PlacedTask task) implements Wait {}

        /** It never will be. */
        record Refused(String reason) implements Wait {}

        /** Its node was lost before it ran. */
        record Lost(String reason) implements Wait {}
    }

    /**
     * What is to be placed.
     *
     * @param service its id in the Swarm
     * @param called so in words, such as "the job"
     * @param tags that its node must have
     */
    record Sought(String service, String called, List<String> tags) {
        /** The node that is looked for, in words. */
        private String node() {
            return switch (tags.size()) {
                case 0 -> "node";
                case 1 -> "node with the tag " + tags.getFirst();
                default -> "node with the tags " + String.join(", ", tags);
            };
        }
    }

    /** What is needed for a wait. */
    record Search(Swarm swarm, NodeEngines engines, SwarmSettings settings) {
        private static final Duration LOOK_AT_NODE = Duration.ofSeconds(1);
        /** Most are placed at once: only a wait that is longer is told of. */
        private static final Duration UNTOLD = Duration.ofSeconds(3);

        private static final long FIRST_PAUSE = 20;
        private static final long LONGEST_PAUSE = 500;

        /**
         * Waits for the task of a service, and tells the job's log of a wait for a node.
         *
         * @param called asked whether to wait no longer; it is refused then
         */
        Wait await(Sought sought, JobOutput output, BooleanSupplier called) throws IOException, InterruptedException {
            String what = sought.called();
            boolean told = false;
            long begin = System.nanoTime();
            long placed = 0; // when it got its node
            long looked = begin;
            long pause = FIRST_PAUSE;
            while (!called.getAsBoolean()) {
                Optional<SwarmTask> task = swarm.task(sought.service());
                long now = System.nanoTime();
                switch (task.map(SwarmTask::state).orElse(SwarmTask.State.WAITING)) {
                    case WAITING -> {
                        String words = task.map(SwarmTask::words)
                                .filter(said -> !said.isEmpty())
                                .map(said -> ": " + said)
                                .orElse("");
                        if (now - begin > settings.placement().toNanos()) {
                            return new Wait.Refused("the Swarm has found no " + sought.node() + " for " + what
                                    + " within " + settings.placement().toSeconds() + " s" + words);
                        }
                        if (!told && now - begin > UNTOLD.toNanos()) {
                            told = true;
                            output.system("NOTICE: " + what + " waits for a " + sought.node() + words);
                        }
                    }
                    case STARTING -> {
                        placed = placed == 0 ? now : placed;
                        if (now - looked > LOOK_AT_NODE.toNanos()) {
                            looked = now;
                            SwarmNode node = swarm.node(task.orElseThrow().node());
                            if (node.isDown()) {
                                return new Wait.Lost(node.whyDown());
                            }
                        }
                        if (now - placed > settings.docker().limits().pull().toNanos()) {
                            return new Wait.Refused("the node does not start " + what + " within "
                                    + settings.docker().limits().pull().toSeconds() + " s: it is "
                                    + task.orElseThrow().words());
                        }
                    }
                    case RUNNING, ENDED -> {
                        return of(task.orElseThrow());
                    }
                    case FAILED -> {
                        String words = task.orElseThrow().words();
                        return new Wait.Refused("the Swarm cannot run " + what + ": "
                                + StartRefusal.of(words)
                                        .map(StartRefusal::words)
                                        .orElse(words));
                    }
                }
                TimeUnit.MILLISECONDS.sleep(pause);
                pause = Math.min(pause + pause / 2, LONGEST_PAUSE);
            }
            return new Wait.Refused("not waited for");
        }

        private Wait of(SwarmTask task) throws IOException, InterruptedException {
            SwarmNode node = swarm.node(task.node());
            return node.isDown()
                    ? new Wait.Lost(node.whyDown())
                    : new Wait.Placed(new PlacedTask(node, new Container(engines.of(node), task.container())));
        }
    }
}
