package io.sallyport.gateway.policy;

import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks four times a second whether the owner of the state directory has an order for the gateway that serves, and does
 * it. So there is one program only that changes identities, and what it has in memory is what is on the disk.
 */
public final class PolicyWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);
    private static final int BETWEEN_LOOKS_MILLIS = 250;

    private final PolicyPost post;
    private final PolicyDesk desk;
    private final AuditLog audit;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("policy").daemon().factory());

    private PolicyWatch(PolicyPost post, PolicyDesk desk, AuditLog audit) {
        this.post = post;
        this.desk = desk;
        this.audit = audit;
    }

    /** Answers what an earlier gateway has left, then looks until it is closed. */
    public static PolicyWatch watch(Path stateDirectory, IdentityStore identities, AuditLog audit) {
        PolicyWatch watch = new PolicyWatch(new PolicyPost(stateDirectory), new PolicyDesk(identities), audit);
        watch.look(sent -> new PolicyAnswer(
                PolicyAnswer.TRY_AGAIN, "nothing was changed: the gateway was started anew meanwhile; try again\n"));
        var _ = watch.ticker.scheduleWithFixedDelay(
                () -> watch.look(watch::done), BETWEEN_LOOKS_MILLIS, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** What is done with an order. */
    private interface Doing {
        PolicyAnswer of(PolicyOrder order) throws InterruptedException;
    }

    private void look(Doing doing) {
        try {
            Optional<PolicyPost.Sent> sent = post.take();
            if (sent.isPresent()) {
                post.answer(sent.get().id(), doing.of(sent.get().order()));
            }
        } catch (IOException e) {
            LOG.error("an order for the policy cannot be read or answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // of close()
        }
    }

    private PolicyAnswer done(PolicyOrder order) throws InterruptedException {
        try {
            return switch (order) {
                case PolicyOrder.Export export -> desk.export();
                case PolicyOrder.Import wanted when wanted.dryRun() -> desk.plan(wanted);
                case PolicyOrder.Import wanted -> desk.bring(wanted, () -> audit);
            };
        } catch (RuntimeException e) {
            LOG.error("an order for the policy failed", e);
            return new PolicyAnswer(PolicyAnswer.FAILED, "failed; the gateway's log says more\n");
        }
    }

    /** Finishes what it does, and looks no more. */
    @Override
    public void close() {
        ticker.close();
    }
}
