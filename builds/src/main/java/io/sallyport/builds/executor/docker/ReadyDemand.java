package io.sallyport.builds.executor.docker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which containers are worth having ready: those that the last jobs would have needed, as many jobs as there may be
 * containers. So an image that half of the jobs use has half of them, and one that nobody uses any more has none soon. For
 * one thread at a time.
 */
final class ReadyDemand {
    private final int most;
    private final long memoryBytes;
    private final Duration time;
    private final Deque<Use> uses = new ArrayDeque<>(); // the newest first

    ReadyDemand(ReadySettings settings) {
        this.most = settings.containers();
        this.memoryBytes = settings.memoryBytes();
        this.time = settings.time();
    }

    /**
     * A job that ran.
     *
     * @param at when, in nanoseconds of whatever clock
     * @param bytes that a container of that image is known to hold while it waits; 0 while that is not known
     */
    private record Use(Images.Found image, long at, long bytes) {}

    /** A job has come to run in a container of that image; what its name stood for before is not asked for any more. */
    void used(Images.Found image, long now) {
        long bytes = bytes(image);
        uses.removeIf(use -> use.image.name().equals(image.name()) && !use.image.equals(image));
        uses.addFirst(new Use(image, now, bytes));
        while (uses.size() > most) {
            uses.removeLast();
        }
    }

    private long bytes(Images.Found image) {
        return uses.stream()
                .filter(use -> use.image.equals(image))
                .mapToLong(Use::bytes)
                .max()
                .orElse(0);
    }

    /** A container of that image holds so much. */
    void weighed(Images.Found image, long bytes) {
        List<Use> before = List.copyOf(uses);
        uses.clear();
        before.forEach(use -> uses.add(use.image.equals(image) ? new Use(image, use.at, bytes) : use));
    }

    /** None is wanted until the next job of that image. */
    void forget(Images.Found image) {
        uses.removeIf(use -> use.image.equals(image));
    }

    /** Those of jobs that are too long ago are not wanted any more. */
    void age(long now) {
        uses.removeIf(use -> now - use.at >= time.toNanos());
    }

    /** Until the next one is too long ago; empty when there is none. */
    Optional<Duration> untilNextIsOld(long now) {
        return uses.isEmpty() ? Optional.empty() : Optional.of(time.minusNanos(now - uses.getLast().at));
    }

    private Map<Images.Found, Integer> wanted() {
        Map<Images.Found, Integer> wanted = new LinkedHashMap<>();
        uses.forEach(use -> wanted.merge(use.image, 1, Integer::sum));
        return wanted;
    }

    /** Of which image one is to be made next, beside those that there are. */
    Optional<Images.Found> lacking(List<ReadyContainer> there) {
        long held = held(there);
        return there.size() >= most
                ? Optional.empty()
                : wanted().entrySet().stream()
                        .filter(each -> count(there, each.getKey()) < each.getValue())
                        .map(Map.Entry::getKey)
                        .filter(image -> held + bytes(image) <= memoryBytes)
                        .findFirst();
    }

    /** One that is too much, the oldest of its image. */
    Optional<ReadyContainer> surplus(List<ReadyContainer> there) {
        Map<Images.Found, Integer> wanted = wanted();
        Optional<ReadyContainer> unwanted = there.stream()
                .filter(each -> count(there, each.image()) > wanted.getOrDefault(each.image(), 0))
                .findFirst();
        return unwanted.isEmpty() && held(there) > memoryBytes ? Optional.of(there.getLast()) : unwanted;
    }

    private static long held(List<ReadyContainer> there) {
        return there.stream().mapToLong(ReadyContainer::bytes).sum();
    }

    private static long count(List<ReadyContainer> there, Images.Found image) {
        return there.stream().filter(each -> each.image().equals(image)).count();
    }
}
