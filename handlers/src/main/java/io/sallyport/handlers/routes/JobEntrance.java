package io.sallyport.handlers.routes;

import io.sallyport.builds.Build;
import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.Visit;
import io.sallyport.builds.executor.VisitOutput;
import io.sallyport.builds.visit.Pass;
import io.sallyport.handlers.Asker;
import io.sallyport.handlers.Entrance;
import io.sallyport.handlers.Problem;
import io.sallyport.keys.Ref;
import io.sallyport.keys.Resource;
import io.sallyport.keys.Verb;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody's way into one job, with a pass. */
final class JobEntrance implements Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(JobEntrance.class);

    private final Pass pass;
    private final Build build;
    private final String job;
    private final Asker asker;
    private final OptionalInt port;
    private final Optional<String> greeting;

    /**
     * To a port, or to work there.
     *
     * @param greeting for people
     */
    JobEntrance(Pass pass, Build build, String job, Asker asker, OptionalInt port, Optional<String> greeting) {
        this.pass = pass;
        this.build = build;
        this.job = job;
        this.asker = asker;
        this.port = port;
        this.greeting = greeting;
    }

    @Override
    public Optional<String> greeting() {
        return greeting;
    }

    @Override
    public Opening open(Optional<Entry.Terminal> terminal, Map<String, String> variables, VisitOutput output)
            throws InterruptedException {
        Entry entry = port.isPresent() ? new Entry.Port(port.getAsInt()) : new Entry.Shell(terminal, variables);
        try {
            Optional<Visit> visit = pass.enter(entry, output);
            return visit.<Opening>map(Opening.In::new)
                    .orElseGet(() -> new Opening.Shut(
                            Problem.conflict("job '" + job + "' of build " + build.id() + " has just ended")));
        } catch (IOException e) {
            LOG.warn("build {} job {} cannot be entered", build.id(), job, e);
            return new Opening.Shut(
                    Problem.of(503, "no-way-in", "The job cannot be entered", String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void onNews(Consumer<String> listener) {
        pass.onNews(listener);
    }

    @Override
    public boolean mayStay() {
        Resource resource = new Resource.Build(
                build.project(), build.submittedBy(), build.request().ref().flatMap(Ref::parse));
        return asker.may(Verb.DEBUG_BUILD, resource);
    }

    @Override
    public void close() {
        pass.close();
    }
}
