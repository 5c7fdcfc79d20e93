package io.sallyport.handlers.routes;

import io.sallyport.builds.Project;
import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.keys.DeployKey;
import io.sallyport.keys.DeployKeyUse;
import io.sallyport.keys.DeployKeys;
import io.sallyport.keys.DeployQuotas;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds submissions to the quotas of the deploy key that they come with. Builds are counted in the engine's records,
 * so that no restart forgives any, together with submissions under way. May be called from any thread.
 */
final class Quotas {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Engine engine;
    private final DeployKeys keys;
    private final Clock clock;
    private final Map<String, Integer> underWay = new HashMap<>(); // by fingerprint; guarded by this

    Quotas(Engine engine, DeployKeys keys, Clock clock) {
        this.engine = engine;
        this.keys = keys;
        this.clock = clock;
    }

    /** Begins a submission to a project. To be closed when its build is on record, or none has come of it. */
    QuotaTicket begin(Request request, String project) {
        Optional<DeployKey> key = keys.find(request.principal().credential().fingerprint());
        Optional<Project> target = key.flatMap(known -> engine.projects().project(project));
        return target.isEmpty()
                ? new QuotaTicket(QuotaTicket.Account.NONE, Optional.empty(), request.body())
                : begin(key.orElseThrow(), target.get(), request.body());
    }

    private synchronized QuotaTicket begin(DeployKey key, Project project, InputStream body) {
        int before = underWay.getOrDefault(key.fingerprint(), 0);
        Optional<Problem> refusal = refusal(key, project, before);
        if (refusal.isPresent()) {
            return new QuotaTicket(QuotaTicket.Account.NONE, refusal, body);
        }
        underWay.put(key.fingerprint(), before + 1);
        return new QuotaTicket(new KeyAccount(key), Optional.empty(), body);
    }

    private Optional<Problem> refusal(DeployKey key, Project project, int before) {
        DeployQuotas quotas = key.scope().quotas();
        return bytes(key, 1)
                .or(() -> quotas.buildsAtOnce().isPresent()
                        ? atOnce(key, project, quotas.buildsAtOnce().getAsInt() - before)
                        : Optional.empty())
                .or(() -> quotas.buildsPerHour().isPresent()
                        ? perHour(key, project, quotas.buildsPerHour().getAsInt() - before)
                        : Optional.empty());
    }

    private Optional<Problem> atOnce(DeployKey key, Project project, int left) {
        return engine.unfinished(project, key.identity()) >= left
                ? Optional.of(problem("builds-at-once", SOON))
                : Optional.empty();
    }

    private Optional<Problem> perHour(DeployKey key, Project project, int left) {
        if (left < 1) {
            return Optional.of(problem("builds-per-hour", SOON));
        }
        Instant now = clock.instant();
        return engine.submitted(project, key.identity(), left)
                .map(oldest -> Duration.between(now, oldest.plus(HOUR)))
                .filter(wait -> wait.isPositive())
                .map(wait -> problem("builds-per-hour", wait));
    }

    /** Why so many bytes more are too many today. */
    private Optional<Problem> bytes(DeployKey key, long more) {
        Instant now = clock.instant();
        DeployKeyUse use = keys.use(key.fingerprint());
        long most = key.scope().quotas().bytesPerDay().orElse(Long.MAX_VALUE);
        return use.bytesToday(now) > most - more
                ? Optional.of(problem(
                        "bytes-per-day", Duration.between(now, use.dayEnds(now).orElse(now.plus(SOON)))))
                : Optional.empty();
    }

    private static Problem problem(String quota, Duration wait) {
        // In whole seconds, never too early.
        Duration whole = Duration.ofSeconds(wait.plusMillis(999).toSeconds());
        return Problem.of(429, "quota", "Over quota", "this deploy key's quota " + quota + " is used up")
                .retryAfter(whole);
    }

    private synchronized void end(DeployKey key) {
        underWay.computeIfPresent(key.fingerprint(), (fingerprint, count) -> count > 1 ? count - 1 : null);
    }

    private final class KeyAccount implements QuotaTicket.Account {
        private final DeployKey key;

        KeyAccount(DeployKey key) {
            this.key = key;
        }

        @Override
        public Optional<Problem> received(long bytes) {
            keys.received(key.fingerprint(), bytes);
            return bytes(key, 0);
        }

        @Override
        public void submitted() {
            keys.submitted(key.fingerprint());
        }

        @Override
        public void end() {
            Quotas.this.end(key);
        }
    }
}
