package io.sallyport.builds.outward;

import io.sallyport.builds.Project;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.secret.SecretStore;
import io.sallyport.builds.web.Destinations;
import io.sallyport.builds.web.Tls;
import io.sallyport.database.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The reports of all projects: who outside is told of the states of builds. What is to be told is in the {@link ReportOutbox};
 * it is sent from there at least once, that of one report in its order. Does nothing at all, and takes no reports, when
 * there is no host that may be reached. Methods may be called from any thread.
 */
public final class Reports implements AutoCloseable {
    private final ReportStore store;
    private final Destinations destinations;
    private final ReportLimits limits;
    private final InstantSource clock;
    private final Optional<Sender> sender;

    private Reports(
            ReportStore store,
            Destinations destinations,
            ReportLimits limits,
            InstantSource clock,
            Optional<Sender> sender) {
        this.store = store;
        this.destinations = destinations;
        this.limits = limits;
        this.clock = clock;
        this.sender = sender;
    }

    /**
     * Begins to send, first what the gateway before has left.
     *
     * @param database opened with the schema of builds; closed after this
     * @param outbox of the same one, where the changes of builds put what is to be told
     */
    public static Reports start(
            Database database,
            EventLog events,
            SecretStore secrets,
            ReportOutbox outbox,
            Destinations destinations,
            Tls tls,
            ReportLimits limits,
            InstantSource clock) {
        ReportStore store = new ReportStore(database, events, secrets.own());
        if (destinations.off()) {
            return new Reports(store, destinations, limits, clock, Optional.empty());
        }
        Post post = new Post(destinations, tls, limits.timeout());
        Sender sender = new Sender(outbox, store, post, limits, clock);
        outbox.onPut(sender::wake);
        sender.start();
        return new Reports(store, destinations, limits, clock, Optional.of(sender));
    }

    /** All of a project, in the order of their names. */
    public List<Report> list(Project project) {
        return store.list(project);
    }

    /** Why nothing is sent to where a report goes, as the settings are now; empty when it may be. Looks no name up. */
    public Optional<String> forbidden(Report report) {
        return destinations.forbidden(report.settings().url());
    }

    /**
     * Makes a report, or replaces the one of that name; what waits of it is tried at once. Looks the name of its host up.
     *
     * @param by who writes it
     */
    public ReportPut put(Project project, String name, ReportSettings settings, ReportToken token, String by) {
        if (destinations.off()) {
            return new ReportPut.Off();
        }
        Optional<String> forbidden = forbidden(settings);
        if (forbidden.isPresent()) {
            return new ReportPut.Forbidden(forbidden.get());
        }
        ReportPut put = store.put(project, name, settings, token, by, clock.instant(), limits.perProject());
        sender.ifPresent(Sender::wake);
        return put;
    }

    /** Removes a report with what it has not sent, on somebody's word. False when there was none. */
    public boolean remove(Project project, String name, String by) {
        return store.remove(project, name, by);
    }

    private Optional<String> forbidden(ReportSettings settings) {
        return switch (destinations.check(settings.url())) {
            case Destinations.Checked.Forbidden forbidden -> Optional.of(forbidden.words());
            case Destinations.Checked.Unknown unknown -> Optional.empty();
            case Destinations.Checked.Open open -> Optional.empty();
        };
    }

    /** Sends no more; what waits is sent by the next gateway. Repeated calls do nothing. */
    @Override
    public void close() {
        sender.ifPresent(Sender::close);
    }
}
