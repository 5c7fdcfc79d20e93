package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.Job;
import io.sallyport.builds.Project;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.BlobHold;
import io.sallyport.builds.git.FetchOrder;
import io.sallyport.builds.git.Fetched;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.secret.DamagedSecretException;
import io.sallyport.builds.secret.Secret;
import io.sallyport.builds.source.GitAddress;
import io.sallyport.builds.source.GitOrigin;
import io.sallyport.builds.source.KnownManifest;
import io.sallyport.builds.source.Received;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceIntake;
import io.sallyport.builds.source.SourceLimits;
import io.sallyport.builds.source.SpecFile;
import io.sallyport.builds.source.WalkedFiles;
import io.sallyport.builds.spec.SpecReader;
import io.sallyport.builds.spec.SpecResult;
import io.sallyport.builds.store.BuildStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From a body to a recorded build: the source is checked while it is received, the spec before anything is kept. */
final class Submissions {
    /** git's own shortest. */
    private static final int SHORTEST_ID = 4;

    private final EngineParts parts;
    private final EngineSettings settings;
    private final SourceIntake intake;
    private final Planner planner;
    private final SpecCheck check;
    private final Enrolment enrolment;

    Submissions(EngineParts parts, EngineSettings settings) {
        this.parts = parts;
        this.settings = settings;
        this.intake = new SourceIntake(parts.blobs());
        this.planner = new Planner(settings);
        SourceLimits limits = settings.source();
        this.check = new SpecCheck(
                intake,
                new SourceLimits(
                        Math.min(limits.bytes(), settings.lintBytes()),
                        limits.unpackedBytes(),
                        limits.entries(),
                        limits.depth()),
                planner.bounds());
        this.enrolment = new Enrolment(parts);
    }

    /** Receives a source and records its build. Reads the body to its end unless it refuses. */
    Submitted receive(Submission submission, InputStream body) throws IOException {
        List<String> specNames = specNames(submission);
        Project project = submission.project();
        return switch (intake.receive(
                submission.sender(),
                body,
                limits(project),
                specNames,
                parts.projects().files(project))) {
            case Received.Refused refused -> new Submitted.Refused(refused.refusal());
            case Received.Elsewhere(GitAddress address) -> fetch(submission, address, specNames);
            case Received.Pending pending -> {
                try (pending) {
                    yield accept(submission, pending, specNames, List.of());
                }
            }
        };
    }

    /** Receives the source of an earlier build again, wherever it was from. */
    Submitted receiveAgain(Submission submission, Source source, InputStream body) throws IOException {
        List<String> specNames = specNames(submission);
        Project project = submission.project();
        return switch (intake.receive(
                submission.sender(),
                body,
                limits(project),
                specNames,
                parts.projects().files(project))) {
            case Received.Refused refused -> new Submitted.Refused(refused.refusal());
            case Received.Elsewhere elsewhere -> throw new IllegalStateException("no source is kept as a document");
            case Received.Pending pending -> {
                try (pending) {
                    source.origin().ifPresent(pending::from);
                    yield accept(submission, pending, specNames, List.of());
                }
            }
        };
    }

    private Submitted fetch(Submission submission, GitAddress address, List<String> specNames) throws IOException {
        FetchOrder order = new FetchOrder(
                submission.submittedBy(),
                address,
                credentials(submission),
                limits(submission.project()),
                ref -> ref.flatMap(full -> unwelcome(submission, full)),
                submission.fetching()::more);
        return switch (parts.repositories().fetch(order)) {
            case Fetched.Refused refused -> new Submitted.Refused(refused.refusal());
            case Fetched.Ready ready -> {
                try (ready) {
                    yield fetched(submission, ready, specNames);
                }
            }
        };
    }

    private Submitted fetched(Submission submission, Fetched.Ready ready, List<String> specNames) throws IOException {
        GitOrigin origin = ready.origin();
        Optional<String> named = submission.request().commit();
        if (named.isPresent() && !isOf(named.get(), origin.commit())) {
            return new Submitted.Refused(new Refusal.OtherCommit(named.get(), origin.commit()));
        }
        Optional<String> ref =
                origin.ref().flatMap(full -> submission.fetching().ref(full));
        Submission known = submission.with(submission.request().fetched(ref, origin.commit()));
        return switch (intake.receive(ready.tree(), limits(submission.project()), specNames)) {
            case Received.Refused refused -> new Submitted.Refused(refused.refusal());
            case Received.Elsewhere elsewhere -> throw new IllegalStateException("a tree leads nowhere else");
            case Received.Pending pending -> {
                try (pending) {
                    yield accept(known, pending.from(origin), specNames, notices(ready));
                }
            }
        };
    }

    /** Whether somebody has named this commit, by the beginning of its id at least. */
    private static boolean isOf(String named, String commit) {
        return named.length() >= SHORTEST_ID && commit.startsWith(named.toLowerCase(Locale.ROOT));
    }

    /** A branch or tag that the submitter has not named is theirs to build as if they had. */
    private static Optional<Refusal> unwelcome(Submission submission, String full) {
        boolean named = full.startsWith("refs/heads/") || full.startsWith("refs/tags/");
        return submission.request().ref().isPresent()
                        || !named
                        || submission.fetching().ref(full).isPresent()
                ? Optional.empty()
                : Optional.of(new Refusal.RefForbidden(full));
    }

    /** What the project's maintainers have put for repositories; what is for protected refs only, for trusted builds alone. */
    private Optional<String> credentials(Submission submission) throws IOException {
        try {
            return parts.secrets().forFetch(submission.project(), Secret.GIT_CREDENTIALS, submission.trusted());
        } catch (DamagedSecretException e) {
            throw new IOException(e);
        }
    }

    private static List<Plan.Notice> notices(Fetched.Ready ready) {
        return ready.notices().stream()
                .map(notice -> new Plan.Notice(Optional.empty(), notice.path(), 1, 1, notice.text()))
                .toList();
    }

    private static List<String> specNames(Submission submission) {
        return submission.request().specFile().map(List::of).orElse(SpecReader.FILE_NAMES);
    }

    /** Keeps a manifest, and files that come with it. */
    KnownManifest know(Project project, String by, InputStream body) throws IOException {
        return intake.know(by, body, limits(project), parts.projects().files(project));
    }

    /** Reads a spec, or that of a source, and makes no build of it. */
    SpecAnswer check(String by, SpecQuestion question, InputStream body) throws IOException {
        return check.check(by, question, body);
    }

    /**
     * Records a build of a source that is here already, with the plan of the build that it repeats.
     *
     * @param which of its jobs, see {@link Repetition}
     */
    Submitted repeat(Submission submission, Build old, BuildStore.SpecText spec, String which) throws IOException {
        try (BlobHold hold = parts.blobs().hold()) {
            // The old build may be losing its source at this moment; the new one has it for itself, or is not made.
            return hold.keep(old.source().blob().digest())
                    ? repeatHeld(submission, old, spec, which)
                    : new Submitted.Refused(new Refusal.SourceGone(old.id()));
        }
    }

    private Submitted repeatHeld(Submission submission, Build old, BuildStore.SpecText spec, String which)
            throws IOException {
        return switch (plan(old, submission, spec)) {
            case SpecResult.Rejected rejected ->
                new Submitted.Refused(new Refusal.BadSpec(spec.file(), rejected.errors()));
            case SpecResult.Accepted accepted
            when accepted.plan().jobs().isEmpty() -> noJobs(spec.file(), accepted.plan());
            case SpecResult.Accepted accepted -> repeat(submission, old, spec, accepted.plan(), which);
        };
    }

    /** Decides again when the old build has lost artifacts meanwhile; it can only lose so many. */
    private Submitted repeat(Submission submission, Build old, BuildStore.SpecText spec, Plan plan, String which) {
        Optional<Submitted> recorded;
        do {
            Set<String> bare = parts.builds().bareJobs(old.id());
            recorded = switch (Repetition.of(old, plan, bare, which, job -> Enrolment.queued(submission, job))) {
                case Repetition.Impossible impossible -> Optional.of(new Submitted.Refused(impossible.refusal()));
                case Repetition.Possible possible -> enrolment.insert(submission, old, spec, possible);
            };
        } while (recorded.isEmpty());
        return recorded.get();
    }

    /** The plan of a recorded build; read again if it was recorded without, or is not trusted as it was. */
    private SpecResult plan(Build old, Submission submission, BuildStore.SpecText spec) throws IOException {
        Optional<Plan> recorded =
                old.trusted() == submission.trusted() ? parts.builds().plan(old.id()) : Optional.empty();
        if (recorded.isPresent()) {
            return new SpecResult.Accepted(recorded.get(), Map.of());
        }
        SpecResult again = planner.plan(
                submission.project(),
                old.request(),
                submission.trusted(),
                spec.file(),
                spec.text().getBytes(StandardCharsets.UTF_8),
                WalkedFiles.of(old.source(), parts.blobs()));
        Set<String> jobs = old.jobs().stream().map(Job::name).collect(Collectors.toSet());
        return switch (again) {
            case SpecResult.Accepted(Plan plan, Map<String, String> reasons) ->
                new SpecResult.Accepted(new PlanPart(plan).of(jobs, Set.of()), reasons);
            case SpecResult.Rejected rejected -> rejected;
        };
    }

    private Submitted accept(
            Submission submission, Received.Pending pending, List<String> specNames, List<Plan.Notice> notices)
            throws IOException {
        Optional<SpecFile> found = pending.spec();
        if (found.isEmpty()) {
            return new Submitted.Refused(new Refusal.NoSpec(specNames, pending.misplacedSpec()));
        }
        SpecFile file = found.get();
        BuildRequest request = submission.request().withCommit(pending.gitCommit());
        return switch (planner.plan(
                submission.project(), request, submission.trusted(), file.name(), file.bytes(), pending.files())) {
            case SpecResult.Rejected rejected ->
                new Submitted.Refused(new Refusal.BadSpec(file.name(), rejected.errors()));
            case SpecResult.Accepted accepted
            when accepted.plan().jobs().isEmpty() -> noJobs(file.name(), accepted.plan());
            case SpecResult.Accepted accepted ->
                accept(submission.with(request), pending, file, accepted.plan().noting(notices));
        };
    }

    /** All jobs of the plan, or those that were asked for and what they need. */
    private Submitted accept(Submission submission, Received.Pending pending, SpecFile file, Plan whole)
            throws IOException {
        Optional<JobChoice> choice = submission.request().jobs().map(names -> JobChoice.of(names, whole));
        Optional<Refusal.UnknownJob> unknown = choice.flatMap(JobChoice::unknown);
        if (unknown.isPresent()) {
            return new Submitted.Refused(unknown.get());
        }
        PlanPart part = new PlanPart(whole);
        Plan plan = choice.map(JobChoice::names)
                .map(names -> part.of(part.withNeeds(names), names))
                .orElse(whole);
        Source source = pending.commit();
        BuildStore.SpecText spec =
                new BuildStore.SpecText(file.name(), new String(file.bytes(), StandardCharsets.UTF_8));
        return enrolment.insert(submission, source, spec, plan);
    }

    private static Submitted noJobs(String file, Plan plan) {
        return new Submitted.Refused(new Refusal.NoJobs(file, plan.leftOut(), plan.notices()));
    }

    private SourceLimits limits(Project project) {
        SourceLimits limits = settings.source();
        long bytes = Math.min(limits.bytes(), project.settings().sourceBytes().orElse(Long.MAX_VALUE));
        return new SourceLimits(bytes, limits.unpackedBytes(), limits.entries(), limits.depth());
    }
}
