package io.sallyport.builds.retention;

import io.sallyport.builds.Project;
import io.sallyport.builds.blob.Pace;
import io.sallyport.builds.log.LogStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One run: first what is too old goes, project by project, then what is too much, the oldest first. Builds are looked at
 * a page at a time. For one thread, once.
 */
final class RetentionRun {
    /** A build that has just ended may still be being followed, and its log closed. */
    private static final Duration SETTLED = Duration.ofHours(1);

    private final RetentionStore store;
    private final BlobRecords blobs;
    private final LogStore logs;
    private final Reckoning reckoning;
    private final Remover remover;
    private final Pace pace;
    private final Set<Long> bases;
    private final Instant now;
    private final Tally tally = new Tally();
    private final BitSet spared = new BitSet();
    private long room;

    RetentionRun(
            RetentionStore store,
            BlobRecords blobs,
            LogStore logs,
            Remover remover,
            Pace pace,
            List<Long> bases,
            Instant now) {
        this.store = store;
        this.blobs = blobs;
        this.logs = logs;
        this.reckoning = new Reckoning(blobs, logs);
        this.remover = remover;
        this.pace = pace;
        this.bases = new HashSet<>(bases);
        this.now = now;
    }

    Tally run(List<Project> projects, RetentionSettings settings) throws IOException, InterruptedException {
        long taken = settings.bytes() > 0 ? taken(Optional.empty()) : 0;
        for (long removed : store.removedProjects()) {
            clear(removed);
        }
        for (Project project : projects) {
            tend(project, settings.rules().of(project.settings().keep()));
        }
        if (settings.bytes() > 0) {
            shrink(
                    new Share(Optional.empty(), "", settings.bytes(), "bytes=" + settings.bytes() + " of all"),
                    taken - room);
        }
        return tally;
    }

    /** Nobody can find the builds of a removed project. */
    private void clear(long project) throws IOException, InterruptedException {
        Pages pages = new Pages(Optional.of(project));
        for (List<Candidate> page = pages.next(); !page.isEmpty(); page = pages.next()) {
            for (Candidate build : page) {
                if (isSettled(build)) {
                    remove(build, "", Loss.of(What.BUILD, "project removed"), Optional.empty());
                }
            }
            pace.after(page.size());
        }
    }

    private void tend(Project project, KeepRules rules) throws IOException, InterruptedException {
        Optional<Long> counted = rules.bytes() > 0 ? Optional.of(project.id()) : Optional.empty();
        long taken = counted.isPresent() ? taken(counted) : 0;
        spared.or(store.spared(project.id(), rules));
        Pages pages = new Pages(Optional.of(project.id()));
        for (List<Candidate> page = pages.next(); !page.isEmpty(); page = pages.next()) {
            for (Candidate build : page) {
                for (Loss loss : Expiry.of(build, rules, sparing(build), now)) {
                    taken -= remove(build, project.name(), loss, counted);
                }
            }
            pace.after(page.size());
        }
        if (counted.isPresent()) {
            shrink(new Share(counted, project.name(), rules.bytes(), "bytes=" + rules.bytes()), taken);
        }
    }

    /**
     * Bytes that some builds may take.
     *
     * @param project whose; empty for all together
     * @param name of the project
     * @param most bytes
     * @param rule by which more are removed
     */
    private record Share(Optional<Long> project, String name, long most, String rule) {}

    /** Takes from the oldest builds all that may be taken, until what is left is little enough. */
    private void shrink(Share share, long before) throws IOException, InterruptedException {
        long taken = before;
        Pages pages = new Pages(share.project());
        for (List<Candidate> page = pages.next(); taken > share.most() && !page.isEmpty(); page = pages.next()) {
            for (Candidate build : page) {
                if (taken > share.most() && isSettled(build)) {
                    taken -= strip(build, share);
                }
            }
            pace.after(page.size());
        }
        if (taken > share.most()) {
            tally.over(share.project().isPresent() ? share.name() : "*");
        }
    }

    private long strip(Candidate recorded, Share share) throws IOException {
        Candidate build = reckoning.planned().left(recorded);
        Sparing sparing = sparing(build);
        if (sparing == Sparing.ALL || reckoning.planned().hasBuild(build.id())) {
            return 0;
        }
        long made = 0;
        for (Candidate.Files files : build.files()) {
            made += remove(build, share.name(), new Loss(What.ARTIFACTS, files.job(), share.rule()), share.project());
        }
        if (build.hasSource() && sparing == Sparing.NOTHING) {
            made += remove(build, share.name(), Loss.of(What.SOURCE, share.rule()), share.project());
        }
        if (build.hasLog()) {
            made += remove(build, share.name(), Loss.of(What.LOG, share.rule()), share.project());
        }
        return made;
    }

    private boolean isSettled(Candidate build) {
        return build.finished().plus(SETTLED).isBefore(now);
    }

    private Sparing sparing(Candidate build) {
        if (spared.get(Math.toIntExact(build.id()))) {
            return Sparing.ALL;
        }
        return bases.contains(build.id()) ? Sparing.SOURCE : Sparing.NOTHING;
    }

    /** The answer is the room that is made: in the project when one is given, else at all. */
    private long remove(Candidate build, String project, Loss loss, Optional<Long> counted) throws IOException {
        long items = loss.what() == What.ARTIFACTS
                ? build.files().stream()
                        .filter(files -> files.job().equals(loss.job()))
                        .mapToLong(Candidate.Files::count)
                        .sum()
                : 1;
        Reckoning.Room made = reckoning.add(build, loss, counted);
        Removal removal =
                new Removal(build.id(), project, loss.what(), loss.job(), now, loss.rule(), items, made.bytes());
        if (!remover.remove(removal)) {
            return 0;
        }
        tally.add(removal);
        room += made.bytes();
        return counted.isPresent() ? made.ofProject() : made.bytes();
    }

    private long taken(Optional<Long> project) throws IOException {
        long bytes = blobs.bytes(project);
        Pages pages = new Pages(project);
        for (List<Candidate> page = pages.next(); !page.isEmpty(); page = pages.next()) {
            for (Candidate build : page) {
                bytes += build.hasLog() ? logs.bytes(build.id()) : 0;
            }
        }
        return bytes;
    }

    /** Ended builds, oldest first. */
    private final class Pages {
        private final Optional<Long> project;
        private long last;

        Pages(Optional<Long> project) {
            this.project = project;
        }

        List<Candidate> next() {
            List<Candidate> page = store.ended(project, last);
            last = page.isEmpty() ? last : page.getLast().id();
            return page;
        }
    }
}
