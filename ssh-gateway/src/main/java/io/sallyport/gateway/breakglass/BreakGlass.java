package io.sallyport.gateway.breakglass;

import io.sallyport.keys.Changed;
import io.sallyport.keys.Grant;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.IdentityStore.KeyAdded;
import io.sallyport.keys.ProjectGlob;
import io.sallyport.keys.Role;
import io.sallyport.keys.audit.AuditEvent;
import io.sallyport.keys.audit.AuditLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second whether a key is to be let in, and lets it in no more when its time is over, which ends its
 * connections. It comes in as an identity of its own, so that what it does is told apart for ever. Survives a restart:
 * the file stays until the time is over, or somebody has removed the identity. What was granted once is never granted again,
 * so that a key of it that was taken away stays so.
 */
public final class BreakGlass implements AutoCloseable {
    /** The identity; no other may have its name while the gateway serves. */
    public static final String IDENTITY = Identity.BREAK_GLASS;

    /** The longest time that a key can be let in for. */
    public static final Duration LONGEST = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(BreakGlass.class);

    private final BreakGlassFile file;
    private final IdentityStore identities;
    private final AuditLog audit;
    private final Clock clock;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("break-glass").daemon().factory());
    private Optional<BreakGlassFile.Wish> granted = Optional.empty(); // of the ticker's thread

    private BreakGlass(BreakGlassFile file, IdentityStore identities, AuditLog audit, Clock clock) {
        this.file = file;
        this.identities = identities;
        this.audit = audit;
        this.clock = clock;
    }

    /** Looks once at once, then each second until it is closed. */
    public static BreakGlass watch(BreakGlassFile file, IdentityStore identities, AuditLog audit, Clock clock) {
        BreakGlass watch = new BreakGlass(file, identities, audit, clock);
        watch.look();
        var _ = watch.ticker.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
        return watch;
    }

    /** Looks no more; what is granted stays until the next gateway finds its time over. */
    @Override
    public void close() {
        ticker.shutdown();
    }

    private void look() {
        try {
            Optional<BreakGlassFile.Wish> wish = file.asked();
            Optional<String> objection = wish.flatMap(this::objection);
            if (wish.isEmpty() || objection.isPresent()) {
                end();
                if (objection.isPresent()) {
                    refuse(objection.get());
                }
            } else if (!wish.equals(granted) && !file.isGranted()) {
                grant(wish.get());
            } else if (identities.identity(IDENTITY).isEmpty()) {
                removed();
            } else {
                granted = wish;
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("break-glass: the file cannot be used, or the audit log not be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // of close()
        }
    }

    private Optional<String> objection(BreakGlassFile.Wish wish) {
        Instant now = clock.instant();
        if (!wish.until().isAfter(now)) {
            return Optional.of("its time is over");
        }
        return wish.until().isAfter(now.plus(LONGEST))
                ? Optional.of("longer than " + LONGEST.toMinutes() + " minutes")
                : Optional.empty();
    }

    private void grant(BreakGlassFile.Wish wish) throws IOException, InterruptedException {
        audit.commit(new AuditEvent.Noted(
                "break-glass",
                new TreeMap<>(
                        Map.of("key", wish.key().strip(), "until", wish.until().toString(), "reason", wish.reason()))));
        identities.remove(IDENTITY, IDENTITY);
        identities.put(
                new Identity(
                        IDENTITY, Identity.Kind.PERSON, List.of(Grant.allow(Role.ADMIN, ProjectGlob.EVERY)), false),
                IDENTITY);
        Optional<String> objection = switch (identities.addKey(IDENTITY, wish.key(), IDENTITY)) {
            case KeyAdded.Stored stored -> {
                LOG.warn(
                        "BREAK-GLASS granted fingerprint={} until={} reason=\"{}\"",
                        stored.key().fingerprint(),
                        wish.until(),
                        plain(wish.reason()));
                yield Optional.empty();
            }
            case KeyAdded.AlreadyThere there -> Optional.empty();
            case KeyAdded.Taken taken ->
                Optional.of("the key " + taken.fingerprint() + " is known already; take a new one");
            case KeyAdded.Unacceptable bad -> Optional.of(bad.reason() + ": " + bad.hint());
            case KeyAdded.NoIdentity none -> Optional.of("somebody removed " + none.name());
        };
        if (objection.isPresent()) {
            end();
            refuse(objection.get());
        } else {
            granted = Optional.of(wish);
            file.grant();
        }
    }

    private void refuse(String why) throws IOException {
        audit.tell(new AuditEvent.Noted("break-glass-refused", new TreeMap<>(Map.of("why", why))));
        file.clear();
        file.answer(why);
    }

    private void end() {
        granted = Optional.empty();
        if (identities.remove(IDENTITY, IDENTITY) == Changed.DONE) {
            tellEnd();
        }
    }

    /** Somebody has ended it before its time. */
    private void removed() throws IOException {
        granted = Optional.empty();
        file.clear();
        tellEnd();
    }

    private void tellEnd() {
        LOG.warn("BREAK-GLASS ended");
        audit.tell(new AuditEvent.Noted("break-glass-ended", new TreeMap<>()));
    }

    /** One line, whatever the reason holds. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\"\\\\]", "?");
    }
}
