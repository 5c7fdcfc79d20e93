package io.sallyport.keys;

import io.sallyport.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The use of deploy keys: counted in memory at once, written down every few seconds, one transaction for all that have
 * been used since, and at the end. A crash loses the last seconds.
 */
final class DeployKeyUses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeployKeyUses.class);
    private static final int SECONDS_BETWEEN_WRITES = 5;

    private final Database database;
    private final Map<String, DeployKeyUse> uses = new ConcurrentHashMap<>();
    private final Set<String> unwritten = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("deploy-key-uses").daemon().factory());

    private final ScheduledFuture<?> writing;

    DeployKeyUses(Database database) {
        this.database = database;
        this.writing = timer.scheduleWithFixedDelay(
                this::write, SECONDS_BETWEEN_WRITES, SECONDS_BETWEEN_WRITES, TimeUnit.SECONDS);
    }

    void load(Map<String, DeployKeyUse> known) {
        uses.putAll(known);
    }

    DeployKeyUse of(String fingerprint) {
        return uses.getOrDefault(fingerprint, DeployKeyUse.NONE);
    }

    void add(String fingerprint) {
        uses.putIfAbsent(fingerprint, DeployKeyUse.NONE);
    }

    void remove(String fingerprint) {
        uses.remove(fingerprint);
        unwritten.remove(fingerprint);
    }

    /** Notes a use; of what is no deploy key there is none. Never blocks for long. */
    void note(String fingerprint, UnaryOperator<DeployKeyUse> change) {
        if (uses.computeIfPresent(fingerprint, (key, use) -> change.apply(use)) != null) {
            unwritten.add(fingerprint);
        }
    }

    /** What fails is tried again with the next. */
    private void write() {
        List<String> some = new ArrayList<>(unwritten);
        if (some.isEmpty()) {
            return;
        }
        some.forEach(unwritten::remove);
        try {
            database.write(connection -> {
                for (String fingerprint : some) {
                    DeployKeyTables.putUse(connection, fingerprint, of(fingerprint));
                }
                return some.size();
            });
        } catch (RuntimeException e) {
            LOG.warn("the use of {} deploy keys could not be written down yet", some.size(), e);
            unwritten.addAll(some);
        }
    }

    /** Writes what is left. The database must still be open. Repeated calls do nothing. */
    @Override
    public void close() {
        if (!timer.isShutdown()) {
            writing.cancel(false);
            timer.close();
            write();
        }
    }
}
