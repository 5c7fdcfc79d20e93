package io.sallyport.handlers;

import io.sallyport.keys.Decision;
import io.sallyport.keys.Verb;
import io.sallyport.keys.audit.Arguments;
import io.sallyport.keys.audit.AuditEvent;
import io.sallyport.keys.audit.AuditLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What the audit log and the metrics are told of one call: what was decided, before anything is done, and what came of it. */
final class Trail {
    private final AuditLog audit;
    private final Metrics metrics;
    private final Call call;
    private String route = "";
    private final long arrived = System.nanoTime();
    private long handled = arrived;
    private long sequence;

    Trail(AuditLog audit, Metrics metrics, Call call) {
        this.audit = audit;
        this.metrics = metrics;
        this.call = call;
    }

    /** There is a route for it. */
    void found(Route match) {
        route = match.method() + " " + match.path();
    }

    /**
     * Records the decision. What is allowed and changes something may only be done when this returns.
     *
     * @throws IOException when the record is not on the disk, and has to be there
     * @throws InterruptedException when the peer is gone
     */
    void decided(Verb verb, Decision decision) throws IOException, InterruptedException {
        AuditEvent.Asked asked = asked(Optional.of(verb), decision);
        boolean first = call.method().changes() && decision.allowed();
        sequence = first ? audit.commit(asked) : audit.tell(asked);
        handled = System.nanoTime();
    }

    /** Records a request that meant nothing, unless it was recorded already. */
    void misunderstood(String why) {
        if (sequence == 0) {
            sequence = audit.tell(asked(Optional.empty(), new Decision.Deny(why)));
        }
    }

    /** Records the result. */
    void answered(int status, long in, long out) {
        Duration waited = Duration.ofNanos(handled - arrived);
        Duration ran = Duration.ofNanos(System.nanoTime() - handled);
        metrics.answered(new Metrics.Answered(route, call.caller().surface(), status, waited, ran, in, out));
        if (sequence > 0) {
            audit.tell(new AuditEvent.Answered(sequence, status, in, out, waited, ran));
        }
    }

    private AuditEvent.Asked asked(Optional<Verb> verb, Decision decision) {
        Caller caller = call.caller();
        return new AuditEvent.Asked(
                caller.origin(),
                caller.identity(),
                caller.fingerprint(),
                caller.proof().certificate(),
                caller.surface(),
                caller.channel(),
                verb,
                call.method() + " " + call.path(),
                Arguments.digest(call.parameters()),
                decision);
    }
}
