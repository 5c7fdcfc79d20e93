package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.blob.BlobHold;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.store.BuildStore.Left;
import io.sallyport.database.DatabaseException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One build from its first job's place to its end. It hears messages in batches, takes the steps that follow from them,
 * records these, and only then lets anything happen. One thread at a time; what is in memory can be read from the record
 * again whenever none of its jobs runs.
 */
final class BuildRun {
    private static final Logger LOG = LoggerFactory.getLogger(BuildRun.class);

    private final Workings workings;
    private final long id;
    private final Ledger ledger;
    private final BuildLogbook log;
    private final RunningJobs running;
    private final Set<Integer> seeking = new TreeSet<>();
    /** What jobs that have ended have left, until it is on record. */
    private final List<BlobHold> held = new ArrayList<>();

    private Optional<Life> life = Optional.empty();
    /** How it ends whatever its jobs do: none of them is to begin any more. */
    private Optional<Outcome> imposed = Optional.empty();

    private Optional<Long> superseded = Optional.empty();
    private Optional<String> noted = Optional.empty();
    private boolean closing;
    /** It has come to its end, which could not be recorded yet. */
    private boolean unrecorded;

    private boolean over;

    BuildRun(Workings workings, long id) {
        this.workings = workings;
        this.id = id;
        this.ledger = new Ledger(workings, id);
        this.log = new BuildLogbook(workings.parts().logs(), id);
        this.running = new RunningJobs(workings, id, log);
    }

    /** What is in memory of it. */
    private record Life(Build build, Plan plan, JobTable jobs, Steps steps, ArtifactBudget budget) {
        Life of(Build now) {
            return new Life(now, plan, jobs, steps, budget);
        }

        RunningJobs.Work work() {
            return new RunningJobs.Work(build, plan, jobs, budget);
        }
    }

    /** What messages bring about, to be done once it is on record. */
    private static final class Turn {
        final List<Seeker.Key> released = new ArrayList<>();
        final Set<Integer> starting = new TreeSet<>();
        final List<Seeker> wanting = new ArrayList<>();
        final List<Runnable> answers = new ArrayList<>();
    }

    /** Whether it need not be in memory: none of its jobs runs or waits for a place, and what there is to record is. */
    boolean rests() {
        return over || (running.none() && (closing || (seeking.isEmpty() && !unrecorded)));
    }

    /** Hears messages, in their order. */
    void hear(List<Message> messages) {
        Turn turn = new Turn();
        boolean there = false;
        try {
            there = load();
            if (there) {
                messages.forEach(message -> take(message, turn));
                advance(turn);
            }
        } catch (IOException | DatabaseException e) {
            if (!unrecorded) {
                LOG.error("build {} cannot go on", id, e);
            }
            breakOff("the gateway's storage failed: " + e.getMessage(), turn);
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("build {} cannot go on", id, e);
            breakOff("the gateway failed: " + e.getMessage(), turn);
        } finally {
            if (!there) {
                messages.forEach(message -> tooLate(message, turn));
            }
            if (over) {
                release();
            }
            if (rests()) {
                log.close();
            }
            workings.scheduler().exchange(turn.released, gone(), turn.wanting);
            turn.answers.forEach(Runnable::run);
        }
    }

    /** Reads it from its record, unless it is in memory; false when it is over. */
    private boolean load() throws IOException {
        if (over || life.isPresent()) {
            return !over;
        }
        Optional<Build> record = ledger.build().filter(build -> !build.state().ended());
        if (record.isEmpty()) {
            over = true;
            return false;
        }
        Build build = record.get();
        Plan plan = ledger.plan().orElse(Plan.EMPTY);
        JobTable jobs = new JobTable(build.jobs());
        Steps steps = new Steps(id, plan, jobs, log, workings.settings().manualWait());
        life = Optional.of(new Life(build, plan, jobs, steps, ledger.budget(build, workings.settings())));
        noted = build.reason();
        if (plan.jobs().isEmpty()) {
            imposed = Optional.of(
                    Outcome.of(BuildState.ERRORED, "an earlier version has recorded it without its plan: retry it"));
        }
        try {
            log.open();
        } catch (IOException e) {
            LOG.error("build {} has no log that can be written", id, e);
            imposed = Optional.of(
                    Outcome.of(BuildState.ERRORED, "its log cannot be written, and the gateway's own log says why"));
        }
        takeUp(life.get());
        return true;
    }

    /** What was running when the gateway before this one crashed is found again, where that can be. */
    private void takeUp(Life now) throws IOException {
        JobTable jobs = now.jobs();
        boolean outlives =
                workings.parts().executor().outlives() && !now.plan().jobs().isEmpty();
        for (int index = 0; index < jobs.size(); index++) {
            if (jobs.get(index).state() == JobState.RUNNING) {
                if (outlives) {
                    workings.scheduler().occupy(Seekers.of(now.build(), index, ledger.now()));
                    running.seek(index, now.work());
                } else {
                    startAnew(index, jobs);
                }
            }
        }
    }

    /** What cannot be found again starts anew, once. */
    private void startAnew(int index, JobTable jobs) {
        Job job = jobs.get(index);
        if (job.course().restarts() > 0) {
            log.say(job.name(), "NOTICE: the gateway went down while this job ran, for the second time");
            error(index, "the gateway went down twice while it ran", jobs);
        } else {
            log.say(job.name(), "NOTICE: the gateway went down while this job ran; the job starts anew");
            jobs.step(index, job.cutOff(true));
        }
    }

    private void error(int index, String why, JobTable jobs) {
        Job job = jobs.get(index);
        jobs.step(
                index,
                job.ended(JobState.ERRORED, Optional.of(why), OptionalInt.empty(), ledger.now()),
                Optional.of(Left.NOTHING));
    }

    private void take(Message message, Turn turn) {
        Life now = life.orElseThrow();
        switch (message) {
            case Message.Wake wake -> {}
            case Message.Granted granted -> grant(granted.index(), now, turn);
            case Message.Ended ended -> {
                running.ended(ended.index());
                turn.released.add(key(ended.index()));
                ended.attempt().hold().ifPresent(held::add);
                conclude(ended.index(), ended.attempt(), now);
            }
            case Message.Vanished vanished -> {
                running.ended(vanished.index());
                turn.released.add(key(vanished.index()));
                startAnew(vanished.index(), now.jobs());
            }
            case Message.Start start -> start(start, now, turn);
            case Message.Cancel cancel -> cancel(cancel, turn);
            case Message.Superseded newer -> interrupt(newer.by(), now, turn);
            case Message.Shutdown shutdown -> {
                closing = true;
                callOff(turn, new StopSignal.Shutdown());
            }
        }
    }

    private void tooLate(Message message, Turn turn) {
        switch (message) {
            case Message.Granted granted -> turn.released.add(key(granted.index()));
            case Message.Ended ended -> {
                turn.released.add(key(ended.index()));
                ended.attempt().hold().ifPresent(held::add);
                ended.attempt().remains().ifPresent(Remains::discard);
            }
            case Message.Vanished vanished -> turn.released.add(key(vanished.index()));
            case Message.Start start -> turn.answers.add(() -> start.answer().complete(Message.Answer.TOO_LATE));
            case Message.Cancel cancel -> turn.answers.add(() -> cancel.answer().complete(Message.Answer.TOO_LATE));
            case Message.Wake wake -> {}
            case Message.Superseded newer -> {}
            case Message.Shutdown shutdown -> {}
        }
    }

    private void grant(int index, Life now, Turn turn) {
        seeking.remove(index);
        if (now.jobs().get(index).state() == JobState.QUEUED && imposed.isEmpty() && !closing) {
            turn.starting.add(index);
        } else {
            turn.released.add(key(index));
        }
    }

    private void conclude(int index, Attempt attempt, Life now) {
        Job job = now.jobs().get(index);
        Flow flow = now.plan().jobs().get(index).flow();
        Verdict verdict = attempt.verdict();
        if (closing && imposed.isEmpty() && verdict.state() == JobState.ERRORED) {
            log.say(job.name(), "the gateway goes down; the job starts anew when it is back");
            now.jobs().step(index, job.cutOff(false));
            attempt.remains().ifPresent(Remains::discard);
        } else if (imposed.isEmpty() && Retrying.isDue(flow.retry(), job, verdict)) {
            log.say(job.name(), "job " + job.name() + " is tried again");
            now.budget().giveBack(attempt.left().bytes());
            attempt.remains().ifPresent(Remains::discard);
            now.jobs().step(index, job.again(Retrying.why(job, verdict)), Optional.of(Left.NOTHING));
        } else {
            boolean allowed = verdict.exitCode().isPresent()
                    && flow.allowFailure()
                            .exitCodes()
                            .contains(verdict.exitCode().getAsInt());
            Job ended = (allowed ? job.allowedToFail() : job)
                    .in(attempt.image())
                    .on(attempt.node())
                    .finding(attempt.findings())
                    .ended(verdict.state(), verdict.reason(), verdict.exitCode(), ledger.now());
            now.jobs().step(index, ended, Optional.of(attempt.left()));
            attempt.remains().ifPresent(remains -> keep(job.name(), remains, now));
        }
    }

    /** Somebody may look at it, while the build goes on or has ended. */
    private void keep(String job, Remains remains, Life now) {
        Duration wanted = now.build().request().keepFailed().orElse(Duration.ZERO);
        Duration span = workings.rooms().span(wanted);
        workings.rooms()
                .keep(id, job, remains.run(), remains.environment(), span)
                .ifPresent(until -> log.say(
                        job,
                        "job " + job + " is kept for " + Elapsed.text(span)
                                + (span.compareTo(wanted) < 0 ? " (no longer, by shell.longestKeep)" : "")
                                + ": ssh -t … builds/" + id + "/" + job
                                + "/shell"));
    }

    private void start(Message.Start start, Life now, Turn turn) {
        Message.Answer answer = Message.Answer.NOT_WAITING;
        for (int index = 0; index < now.jobs().size() && imposed.isEmpty(); index++) {
            Job job = now.jobs().get(index);
            boolean waits = job.state() == JobState.MANUAL || job.state() == JobState.DELAYED;
            if (job.name().equals(start.job()) && waits) {
                now.jobs().step(index, job.release(Optional.of(start.by())));
                log.say(job.name(), "job " + job.name() + " is started by " + start.by());
                answer = Message.Answer.DONE;
            }
        }
        Message.Answer found = answer;
        turn.answers.add(() -> start.answer().complete(found));
    }

    private void cancel(Message.Cancel cancel, Turn turn) {
        if (imposed.isEmpty()) {
            imposed = Optional.of(new Outcome(BuildState.CANCELED, cancel.reason()));
            log.say("build " + id + " is canceled by " + cancel.by()
                    + cancel.reason().map(reason -> ": " + reason).orElse(""));
        }
        // A second cancel also ends what a first one has left to be done: each job's after_script.
        callOff(turn, new StopSignal.Canceled(cancel.by(), cancel.reason()));
        turn.answers.add(() -> cancel.answer().complete(over ? Message.Answer.DONE : Message.Answer.UNDER_WAY));
    }

    /** What runs is to end, and what has just got its place does not begin. */
    private void callOff(Turn turn, StopSignal.Stop why) {
        turn.starting.forEach(index -> turn.released.add(key(index)));
        turn.starting.clear();
        running.stopAll(why);
    }

    private void interrupt(long newer, Life now, Turn turn) {
        superseded = Optional.of(newer);
        Optional<String> why = Optional.of("superseded by build " + newer);
        for (int index = 0; index < now.jobs().size(); index++) {
            if (now.jobs().get(index).terms().interruptible()) {
                running.stop(index, new StopSignal.Canceled("build " + newer, why));
                now.steps().drop(index, JobState.CANCELED, why, ledger.now());
                if (turn.starting.remove(index)) {
                    turn.released.add(key(index));
                }
            }
        }
    }

    /** Takes all steps that follow, records them, and lets happen what they mean. */
    private void advance(Turn turn) throws IOException, InterruptedException {
        Life now = life.orElseThrow();
        List<Integer> ready = next(now);
        if (now.steps().over()) {
            finish(now);
            return;
        }
        Executor executor = workings.parts().executor();
        for (int index : turn.starting) {
            Job job = now.jobs().get(index);
            now.jobs().step(index, job.running(executor.name(), executor.usesImages(), ledger.now()));
        }
        if (now.build().state() == BuildState.QUEUED && imposed.isEmpty() && !closing) {
            now = begin(now);
        } else {
            record(now.jobs());
        }
        for (int index : List.copyOf(turn.starting)) {
            running.launch(index, now.work());
            turn.starting.remove(index);
        }
        for (int index : ready) {
            if (now.jobs().get(index).state() == JobState.QUEUED && seeking.add(index)) {
                turn.wanting.add(Seekers.of(now.build(), index, ledger.now()));
            }
        }
        if (!closing && imposed.isEmpty()) {
            watch(now);
        }
    }

    /** The steps of jobs that follow; the answer is which want a place. */
    private List<Integer> next(Life now) {
        Instant time = ledger.now();
        if (imposed.isEmpty() && !closing) {
            List<Integer> ready = now.steps().follow(time);
            imposed = ready.isEmpty() && running.none() ? now.steps().expired(time) : imposed;
            if (imposed.isEmpty()) {
                return ready;
            }
        }
        imposed.ifPresent(outcome -> now.steps().drop(JobState.CANCELED, outcome.reason(), time));
        return List.of();
    }

    /** From its first place on, on record together with what its jobs do then. */
    private Life begin(Life now) throws InterruptedException {
        Life begun = now.of(ledger.begin(now.jobs()));
        release();
        life = Optional.of(begun);
        log.say("build " + id + " of " + begun.build().project() + ", submitted by "
                + begun.build().submittedBy());
        begun.plan().notices().forEach(notice -> log.say("NOTICE: " + notice.said()));
        return begun;
    }

    /** Sees to it that it is woken when a time comes, and says so when it waits for nothing else but persons. */
    private void watch(Life now) throws InterruptedException {
        Optional<Instant> due = now.steps().due(ledger.now());
        due.ifPresent(time -> workings.alarms().set(id, time));
        if (rests() && due.isEmpty()) {
            throw new IllegalStateException("its jobs wait for each other");
        }
        Optional<String> note = rests() ? Optional.of(now.steps().waits()) : Optional.empty();
        if (!note.equals(noted)) {
            ledger.note(note);
            note.ifPresent(text -> log.say("build " + id + " " + text));
            noted = note;
        }
    }

    /** From then on the records keep what has been left. */
    private void record(JobTable jobs) throws InterruptedException {
        ledger.put(jobs);
        release();
    }

    private void release() {
        held.forEach(BlobHold::close);
        held.clear();
    }

    private void finish(Life now) throws InterruptedException {
        now.steps().dropIdle(ledger.now());
        boolean canceled = now.jobs().all().stream().anyMatch(job -> job.state() == JobState.CANCELED);
        Outcome outcome = imposed.filter(how -> canceled || how.state() != BuildState.CANCELED)
                .orElseGet(() -> Outcome.of(now.jobs().all()));
        if (now.build().state() == BuildState.QUEUED && imposed.isEmpty()) {
            begin(now);
        } else {
            record(now.jobs());
        }
        if (imposed.isEmpty() && superseded.isPresent() && outcome.state() == BuildState.CANCELED) {
            ledger.superseded(superseded.get(), outcome.reason());
        }
        Optional<String> why = now.jobs().size() > 1 ? outcome.reason() : Optional.empty();
        log.say("build " + id + " " + outcome.state().label()
                + why.map(reason -> ": " + reason).orElse(""));
        log.sync();
        // The record first: it is what counts. A log without its end is ended when it is next read.
        Build ended = ledger.end(outcome);
        over = true;
        log.end(outcome.state());
        workings.alarms().clear(id);
        workings.ended().accept(ended);
    }

    /** It cannot go on: what runs is ended, and then it is. */
    private void breakOff(String why, Turn turn) {
        imposed = Optional.of(Outcome.of(BuildState.ERRORED, why));
        callOff(turn, new StopSignal.Broken(why));
        try {
            if (life.isPresent()) {
                JobTable jobs = life.get().jobs();
                for (int index = 0; index < jobs.size(); index++) {
                    if (jobs.get(index).state() == JobState.RUNNING && !running.has(index)) {
                        error(index, why, jobs);
                    }
                }
                life.get().steps().drop(JobState.CANCELED, Optional.of(why), ledger.now());
                if (running.none()) {
                    finish(life.get());
                }
            } else {
                over = true;
            }
        } catch (DatabaseException e) {
            holdOut(e);
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("build {} could not be brought to an end; a restart of the gateway will", id, e);
            over = true;
        }
    }

    /** Keeps in memory how it has ended, and tries later to record that. */
    private void holdOut(DatabaseException why) {
        Duration again = workings.patience().again();
        if (unrecorded) {
            LOG.warn("the end of build {} still cannot be recorded: {}", id, why.getMessage());
        } else {
            LOG.error("the end of build {} cannot be recorded, which is tried again each {}", id, again, why);
            log.say("NOTICE: the end of build " + id + " cannot be recorded yet: the gateway's storage failed");
        }
        log.close();
        unrecorded = true;
        workings.alarms().set(id, ledger.now().plus(again));
    }

    /** Jobs that do not want the place any more that they asked for. */
    private List<Seeker.Key> gone() {
        List<Seeker.Key> gone = new ArrayList<>();
        life.ifPresent(now -> {
            for (int index = 0; index < now.jobs().size(); index++) {
                boolean ended = now.jobs().get(index).state().ended();
                if (over || (ended && seeking.remove(index))) {
                    gone.add(key(index));
                }
            }
        });
        return gone;
    }

    private Seeker.Key key(int index) {
        return new Seeker.Key(id, index);
    }
}
