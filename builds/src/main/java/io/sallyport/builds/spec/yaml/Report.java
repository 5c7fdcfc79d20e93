package io.sallyport.builds.spec.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is found while a spec is read: errors, which mean that it cannot be run, and notices. Up to a bound; those beyond
 * it are counted. What many jobs have from one template is said once. For one thread.
 */
public final class Report {
    private static final int MOST = 100;

    private final Optional<String> job;
    private final Entries errors;
    private final Entries notices;

    /** With nothing in it. */
    public Report() {
        this("");
    }

    /** With nothing in it, for a spec whose file this is; what is found in other files comes after. */
    public Report(String file) {
        this(Optional.empty(), new Entries(file), new Entries(file));
    }

    private Report(Optional<String> job, Entries errors, Entries notices) {
        this.job = job;
        this.errors = errors;
        this.notices = notices;
    }

    /**
     * A thing that was found.
     *
     * @param job it concerns; empty for the whole, or for several
     * @param place where
     * @param text in words
     */
    public record Remark(Optional<String> job, Place place, String text) {}

    /** The same report; what is added to this one concerns that job. */
    public Report about(String name) {
        return new Report(Optional.of(name), errors, notices);
    }

    /** The same report; notices that are added to this one are lost. */
    public Report ofErrors() {
        return new Report(job, errors, new Entries(notices.file));
    }

    /** Adds an error. */
    public void error(Place place, String message) {
        errors.add(job, place, () -> message);
    }

    /** Adds an error with a message that costs something to make; it is made only when it is kept. */
    public void error(Place place, Supplier<String> message) {
        errors.add(job, place, message);
    }

    /** Adds a notice. */
    public void notice(Place place, String message) {
        notices.add(job, place, () -> message);
    }

    /** Whether there are no errors so far. */
    public boolean clean() {
        return errors.found.isEmpty();
    }

    /** The errors in the order of their places, file by file as they were read. */
    public List<Remark> errors() {
        return errors.all("errors");
    }

    /** The notices in the order of their places, file by file as they were read. */
    public List<Remark> notices() {
        return notices.all("notices");
    }

    private static final class Entries {
        private final String file;
        private final Map<Entry, Optional<String>> found = new LinkedHashMap<>();
        private int more;

        private record Entry(Place place, String text) {}

        Entries(String file) {
            this.file = file;
        }

        void add(Optional<String> job, Place place, Supplier<String> message) {
            if (found.size() >= MOST) {
                more++;
                return;
            }
            found.merge(
                    new Entry(place, message.get()),
                    job,
                    (first, other) -> first.equals(other) ? first : Optional.empty());
        }

        List<Remark> all(String kind) {
            Map<String, Integer> files = new HashMap<>(Map.of(file, 0));
            found.keySet().forEach(entry -> files.putIfAbsent(entry.place.file(), files.size()));
            List<Remark> all = new ArrayList<>();
            found.forEach((entry, job) -> all.add(new Remark(job, entry.place, entry.text)));
            all.sort(Comparator.comparingInt((Remark remark) -> files.getOrDefault(remark.place.file(), 0))
                    .thenComparingInt(remark -> remark.place.line())
                    .thenComparingInt(remark -> remark.place.column()));
            if (more > 0) {
                all.add(new Remark(Optional.empty(), all.getLast().place, "and " + more + " more " + kind));
            }
            return List.copyOf(all);
        }
    }
}
