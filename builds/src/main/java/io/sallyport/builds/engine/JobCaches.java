package io.sallyport.builds.engine;

import io.sallyport.builds.cache.CacheArea;
import io.sallyport.builds.cache.CacheEntry;
import io.sallyport.builds.cache.CacheKey;
import io.sallyport.builds.cache.CacheStore;
import io.sallyport.builds.cache.CacheWriter;
import io.sallyport.builds.cache.OpenedCache;
import io.sallyport.builds.cache.SavedCache;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Packed;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.plan.CacheRule;
import io.sallyport.builds.plan.CacheRule.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The caches of one job: restored before its commands, saved after them. Each is told in the log, and none that fails
 * makes the job fail.
 */
final class JobCaches {
    private final CacheStore store;
    private final Owner owner;
    private final List<CacheRule> rules;
    private final JobOutput output;
    private final BooleanSupplier stopped;
    private final InstantSource clock;

    /**
     * Whose caches they are.
     *
     * @param project its number
     * @param area of its builds
     */
    record Owner(long project, CacheArea area) {
        Optional<CacheKey> key(String name) {
            return CacheKey.isName(name) ? Optional.of(new CacheKey(project, area, name)) : Optional.empty();
        }
    }

    /**
     * The caches that rules ask for, whose variables are expanded.
     *
     * @param stopped whether nothing is wanted of the job any more; asked often
     */
    JobCaches(
            CacheStore store,
            Owner owner,
            List<CacheRule> rules,
            JobOutput output,
            BooleanSupplier stopped,
            InstantSource clock) {
        this.store = store;
        this.owner = owner;
        this.rules = List.copyOf(rules);
        this.output = output;
        this.stopped = stopped;
        this.clock = clock;
    }

    /** Something to be done for one cache; the answer is what the log says of it. */
    private interface Work {
        String run() throws IOException, InterruptedException;
    }

    /**
     * Fills a workspace before anything of the job runs.
     *
     * @throws IOException when the log cannot be written
     */
    void restore(Run run) throws IOException, InterruptedException {
        if (!rules.isEmpty() && !kept()) {
            output.system("NOTICE: caches are not kept here");
        }
        for (CacheRule rule : rules) {
            if (kept() && rule.policy() != Policy.PUSH && !stopped.getAsBoolean()) {
                tell(rule.key(), "not restored", () -> restored(run, rule));
            }
        }
    }

    /**
     * Takes from a workspace what later jobs are to find, when the commands have ended by themselves.
     *
     * @param succeeded how they have
     * @throws IOException when the log cannot be written
     */
    void save(Run run, boolean succeeded) throws IOException, InterruptedException {
        for (CacheRule rule : rules) {
            if (kept() && rule.policy() != Policy.PULL && rule.when().after(succeeded) && !stopped.getAsBoolean()) {
                tell(rule.key(), "not saved", () -> saved(run, rule));
            }
        }
    }

    private boolean kept() {
        return store.limits().largest() > 0;
    }

    private void tell(String name, String otherwise, Work work) throws IOException, InterruptedException {
        String line;
        try {
            line = "cache " + name + ": " + work.run();
        } catch (StoppableStreams.Stopped e) {
            line = "cache " + name + ": " + otherwise + ", the job was stopped";
        } catch (IOException | UncheckedIOException e) {
            line = "WARNING: cache " + name + ": " + otherwise + ": " + e.getMessage();
        }
        output.system(line);
    }

    private String restored(Run run, CacheRule rule) throws IOException, InterruptedException {
        Instant begun = clock.instant();
        List<String> names = new ArrayList<>(List.of(rule.key()));
        names.addAll(rule.fallbackKeys());
        List<String> damaged = new ArrayList<>();
        for (String name : names) {
            for (CacheEntry entry : found(name)) {
                switch (store.open(entry)) {
                    case OpenedCache.Damaged problem -> damaged.add(name + " was damaged, " + problem.reason());
                    case OpenedCache.Whole whole -> {
                        try (InputStream tar = StoppableStreams.of(whole.tar(), stopped)) {
                            run.unpack(tar);
                        }
                        return hit(rule, entry, begun) + notes(damaged);
                    }
                }
            }
        }
        return "nothing there"
                + (names.size() > 1 ? ", nor under " + String.join(", ", rule.fallbackKeys()) : "")
                + notes(damaged);
    }

    /** What is under a name, in the order in which it is wanted. */
    private List<CacheEntry> found(String name) {
        Optional<CacheKey> key = owner.key(name);
        return key.isEmpty()
                ? List.of()
                : owner.area().readable().stream()
                        .flatMap(area -> store.find(key.get().in(area)).stream())
                        .toList();
    }

    private String hit(CacheRule rule, CacheEntry entry, Instant begun) {
        String from = entry.key().name().equals(rule.key())
                ? "restored"
                : "nothing there; restored from " + entry.key().name();
        String area = entry.key().area() == owner.area()
                ? ""
                : ", of a " + entry.key().area().label() + " build";
        return from + ", " + Size.text(entry.blob().bytes()) + ", saved " + Elapsed.text(since(entry.saved(), begun))
                + " ago" + area + took(begun);
    }

    private static String notes(List<String> damaged) {
        return damaged.isEmpty() ? "" : "; " + String.join("; ", damaged);
    }

    private String saved(Run run, CacheRule rule) throws IOException, InterruptedException {
        Optional<CacheKey> key = owner.key(rule.key());
        if (key.isEmpty()) {
            return "not saved: a key has 1 to " + CacheKey.LONGEST + " characters";
        }
        Optional<CacheWriter> free = store.write(key.get());
        if (free.isEmpty()) {
            return "not saved: another job saves it at this moment";
        }
        Instant begun = clock.instant();
        try (CacheWriter writer = free.get()) {
            Packed packed = run.pack(rule.paths(), rule.untracked(), StoppableStreams.of(writer.tar(), stopped));
            if (packed.files() == 0) {
                return "not saved, as there is no file for it";
            }
            return became(writer.commit(), packed) + took(begun);
        }
    }

    private static String became(SavedCache saved, Packed packed) {
        return switch (saved) {
            case SavedCache.Kept kept ->
                "saved, " + Size.text(kept.entry().blob().bytes()) + " of " + Size.text(packed.bytes()) + " in "
                        + packed.files() + (packed.files() == 1 ? " file" : " files");
            case SavedCache.Unchanged unchanged ->
                "unchanged, " + Size.text(unchanged.entry().blob().bytes());
            case SavedCache.NotKept not -> "not saved: " + not.reason();
        };
    }

    private String took(Instant begun) {
        return " (" + Elapsed.text(since(begun, clock.instant())) + ")";
    }

    /** Clocks are set back at times. */
    private static Duration since(Instant then, Instant now) {
        return now.isBefore(then) ? Duration.ZERO : Duration.between(then, now);
    }
}
