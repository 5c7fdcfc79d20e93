package io.sallyport.builds.engine;

import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.plan.Flow;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What follows from what has become of a build's jobs, by GitLab CI's rules. A job waits for the jobs that it needs, or
 * else for all jobs of the stages before its own; when these have ended, they decide whether it runs. A failure that is
 * allowed counts as success. A manual job whose failure is allowed holds nobody up: to later stages it is one that was
 * skipped, jobs that need it wait for it, and the build does not. Pure; a graph is of one moment.
 */
final class JobGraph {
    private final List<Job> jobs;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Integer> stages = new HashMap<>();
    private final List<Optional<Standing>> standings = new ArrayList<>();
    private final List<Next> nexts = new ArrayList<>();
    /** By stage, the standings of all jobs before it; only of the stages that all jobs before are known of. */
    private final List<Set<Standing>> earlier = new ArrayList<>();

    /** Of a build's jobs, in the order of its plan, as they are now. */
    JobGraph(List<Job> jobs) {
        this.jobs = jobs;
        for (Job job : jobs) {
            places.put(job.name(), places.size());
            stages.putIfAbsent(job.stage(), stages.size());
            standings.add(Optional.empty());
            nexts.add(Next.WAIT);
        }
        earlier.add(EnumSet.noneOf(Standing.class));
        boolean found = true;
        while (found) { // once, mostly: the order of the plan is that of the stages
            found = false;
            for (int place = 0; place < jobs.size(); place++) {
                found |= standings.get(place).isEmpty() && find(place);
            }
            found |= closeStage();
        }
    }

    /** What is to become of a job. */
    enum Next {
        /** Nothing for now. */
        WAIT,
        /** It wants a place. */
        READY,
        /** Somebody may start it. */
        MANUAL,
        /** Its time begins. */
        DELAYED,
        /** It is not to run. */
        SKIPPED
    }

    /** What a job means to those after it. */
    private enum Standing {
        OPEN,
        GOOD,
        FAILED,
        CANCELED,
        SKIPPED,
        /** It goes on only if somebody wants it. */
        IDLE
    }

    /** What is to become of the job at a place of the plan. */
    Next next(int place) {
        return nexts.get(place);
    }

    /** Whether nothing happens any more, unless somebody starts what nobody has to. */
    boolean over() {
        return standings.stream().noneMatch(standing -> standing.orElse(Standing.OPEN) == Standing.OPEN);
    }

    /** Whether others wait for somebody who starts this one. */
    static boolean holdsUp(Job manual) {
        return !manual.terms().allowFailure();
    }

    /** Why the job at a place is not to run, in words. */
    String whySkipped(int place) {
        if (jobs.get(place).terms().when() == Flow.When.ON_FAILURE) {
            return "nothing before it has failed";
        }
        for (int other : before(place)) {
            Standing standing = standings.get(other).orElse(Standing.OPEN);
            if (standing != Standing.GOOD && standing != Standing.IDLE) {
                JobState state = jobs.get(other).state();
                return jobs.get(other).name() + " " + (state.ended() ? state : JobState.SKIPPED).label();
            }
        }
        return "what it needs was not run";
    }

    /** The jobs that the one at a place waits for, by their names. */
    List<String> awaited(int place) {
        boolean needs = jobs.get(place).terms().needs().isPresent();
        List<String> awaited = new ArrayList<>();
        for (int other : before(place)) {
            Standing standing = standings.get(other).orElse(Standing.OPEN);
            if (standing == Standing.OPEN || (needs && standing == Standing.IDLE)) {
                awaited.add(jobs.get(other).name());
            }
        }
        return awaited;
    }

    /** Finds what is to become of a job, and what it means to others; false while that is open for jobs before it. */
    private boolean find(int place) {
        Job job = jobs.get(place);
        boolean asks = job.state() == JobState.QUEUED
                && !job.wasReleased()
                && job.course().attempt() == 0;
        if (!asks) {
            nexts.set(place, job.state() == JobState.QUEUED ? Next.READY : Next.WAIT);
            standings.set(place, Optional.of(standing(job)));
            return true;
        }
        Optional<Set<Standing>> before = standingsBefore(job);
        before.ifPresent(them -> {
            Next next = decide(job.terms(), them);
            nexts.set(place, next);
            standings.set(place, Optional.of(standing(job, next, them)));
        });
        return before.isPresent();
    }

    private Optional<Set<Standing>> standingsBefore(Job job) {
        Optional<List<String>> needs = job.terms().needs();
        if (needs.isEmpty()) {
            int stage = stages.getOrDefault(job.stage(), 0);
            return stage < earlier.size() ? Optional.of(earlier.get(stage)) : Optional.empty();
        }
        Set<Standing> found = EnumSet.noneOf(Standing.class);
        for (String need : needs.get()) {
            Integer other = places.get(need);
            if (other != null) {
                Optional<Standing> standing = standings.get(other);
                if (standing.isEmpty()) {
                    return Optional.empty();
                }
                found.add(standing.get());
            }
        }
        return Optional.of(found);
    }

    /** Adds up a stage whose jobs are all known; false when none is left, or one of its jobs is not. */
    private boolean closeStage() {
        int stage = earlier.size() - 1;
        if (stage >= stages.size()) {
            return false;
        }
        Set<Standing> sum = EnumSet.noneOf(Standing.class);
        sum.addAll(earlier.getLast());
        for (int place = 0; place < jobs.size(); place++) {
            if (stages.getOrDefault(jobs.get(place).stage(), 0) == stage) {
                if (standings.get(place).isEmpty()) {
                    return false;
                }
                sum.add(standings.get(place).get());
            }
        }
        earlier.add(sum);
        return true;
    }

    private static Next decide(Job.Terms terms, Set<Standing> before) {
        boolean needs = terms.needs().isPresent();
        if (before.contains(Standing.OPEN) || (needs && before.contains(Standing.IDLE))) {
            return Next.WAIT;
        }
        boolean failed = before.contains(Standing.FAILED);
        boolean good = !failed && !before.contains(Standing.CANCELED) && !(needs && before.contains(Standing.SKIPPED));
        return switch (terms.when()) {
            case ALWAYS -> Next.READY;
            case ON_FAILURE -> failed ? Next.READY : Next.SKIPPED;
            case ON_SUCCESS -> good ? Next.READY : Next.SKIPPED;
            case MANUAL -> good ? Next.MANUAL : Next.SKIPPED;
            case DELAYED -> good ? Next.DELAYED : Next.SKIPPED;
        };
    }

    private static Standing standing(Job job, Next next, Set<Standing> before) {
        return switch (next) {
            case READY, DELAYED -> Standing.OPEN;
            case MANUAL -> holdsUp(job) ? Standing.OPEN : Standing.IDLE;
            case SKIPPED -> Standing.SKIPPED;
            // One that needs what nobody has to start is no more awaited than that.
            case WAIT -> before.contains(Standing.OPEN) ? Standing.OPEN : Standing.IDLE;
        };
    }

    private static Standing standing(Job job) {
        return switch (job.state()) {
            case SUCCEEDED -> Standing.GOOD;
            case FAILED, TIMEDOUT, ERRORED -> job.terms().allowFailure() ? Standing.GOOD : Standing.FAILED;
            case CANCELED -> Standing.CANCELED;
            case SKIPPED -> Standing.SKIPPED;
            case QUEUED, RUNNING, DELAYED -> Standing.OPEN;
            case MANUAL -> holdsUp(job) ? Standing.OPEN : Standing.IDLE;
        };
    }

    private List<Integer> before(int place) {
        Optional<List<String>> needs = jobs.get(place).terms().needs();
        if (needs.isPresent()) {
            return needs.get().stream()
                    .filter(places::containsKey)
                    .map(places::get)
                    .toList();
        }
        int stage = stages.getOrDefault(jobs.get(place).stage(), 0);
        List<Integer> found = new ArrayList<>();
        for (int other = 0; other < jobs.size(); other++) {
            if (stages.getOrDefault(jobs.get(other).stage(), 0) < stage) {
                found.add(other);
            }
        }
        return found;
    }
}
