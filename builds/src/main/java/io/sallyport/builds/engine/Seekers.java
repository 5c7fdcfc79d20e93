package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Jobs of builds that want places. */
final class Seekers {
    private Seekers() {}

    /** A job of a build. */
    static Seeker of(Build build, int index, Instant since) {
        Job job = build.jobs().get(index);
        return new Seeker(
                build.id(),
                build.project(),
                build.submittedBy(),
                build.request().priority(),
                index,
                job.name(),
                job.terms().resourceGroup(),
                since);
    }

    /**
     * The jobs with which a build that waits can begin: of each resource group one, and one of no group. None when it
     * begins with waiting for somebody or for a time.
     */
    static List<Seeker> first(Build build) {
        JobGraph graph = new JobGraph(build.jobs());
        List<Seeker> first = new ArrayList<>();
        Set<Optional<String>> groups = new HashSet<>();
        for (int index = 0; index < build.jobs().size(); index++) {
            if (graph.next(index) == JobGraph.Next.READY
                    && groups.add(build.jobs().get(index).terms().resourceGroup())) {
                first.add(of(build, index, build.created()));
            }
        }
        return first;
    }
}
