package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Pause;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.spec.SpecError;
import io.sallyport.builds.spec.SpecReader;
import io.sallyport.handlers.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Refused submissions as problems. */
final class Refusals {
    /** What a shell takes as it is. */
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    private static final int MOST_REASONS = 5;

    private static final Duration SOON = Duration.ofSeconds(30);

    private Refusals() {}

    static Problem problem(Refusal refusal) {
        return switch (refusal) {
            case Refusal.EmptyBody body ->
                unprocessable(
                        "empty-body", "the body is empty: pipe an archive in, such as 'git archive HEAD | ssh …'");
            case Refusal.UnknownFormat format ->
                unprocessable(
                        "unknown-format",
                        "the body is no archive that is known: tar, tar.gz, tar.zst, tar.xz or zip; nor a manifest, nor"
                                + " a JSON document with git or manifest");
            case Refusal.BadDocument bad ->
                unprocessable("bad-document", "the JSON document cannot be followed: " + bad.reason());
            case Refusal.NotFetched not -> notFetched(not);
            case Refusal.OtherCommit other ->
                unprocessable(
                        "other-commit", "the commit that was fetched is " + other.fetched() + ", not " + other.named());
            case Refusal.RefForbidden forbidden ->
                Problem.forbidden(
                        "you may not submit builds of " + forbidden.ref()
                                + " here: it is protected, or not among the refs of your key; ref=NAME gives the build another name");
            case Refusal.DamagedArchive damaged ->
                unprocessable("damaged-archive", "the archive is damaged: " + damaged.reason());
            case Refusal.TooLarge large ->
                Problem.of(
                        413,
                        "too-large",
                        "Too large",
                        "the source has more " + large.what() + " than allowed: " + large.limit());
            case Refusal.HostileEntry entry ->
                unprocessable(
                        "hostile-entry", "the archive's entry '" + entry.path() + "' is refused: " + entry.reason());
            case Refusal.MissingFiles missing -> missingFiles(missing);
            case Refusal.NoManifest none ->
                unprocessable(
                        "no-manifest",
                        "the project has no manifest " + none.name() + ": send it by POST /projects/PROJECT/manifests");
            case Refusal.NoBase none ->
                unprocessable(
                        "no-base",
                        "these are no changes of " + none.name()
                                + ", or no build of the project that you may see has that manifest as its source:"
                                + " send all of the manifest");
            case Refusal.NoSpec none -> unprocessable("no-spec", noSpec(none));
            case Refusal.NoJobs none -> noJobs(none);
            case Refusal.BadSpec bad -> badSpec(bad.file(), bad.errors());
            case Refusal.UnknownJob unknown -> unprocessable("unknown-job", unknownJob(unknown));
            case Refusal.NotEnded open ->
                Problem.conflict(
                        "build " + open.build() + " has not ended: only an ended build can be repeated in part");
            case Refusal.NothingFailed none -> Problem.conflict("no job of build " + none.build() + " has failed");
            case Refusal.SourceGone gone ->
                Problem.of(410, "gone", "Gone", "the source of build " + gone.build() + " is not kept any more");
            case Refusal.NoProject none -> Problem.notFound("no project '" + none.name() + "'");
            case Refusal.QueueFull full ->
                Problem.of(
                                429,
                                "queue-full",
                                "Too many builds wait",
                                full.limit() + " builds" + whose(full) + " wait already")
                        .retryAfter(SOON);
            case Refusal.Draining draining ->
                Problem.of(503, "draining", "No new builds are taken", draining.message())
                        .retryAfter(SOON);
            case Refusal.Drained drained ->
                Problem.of(503, "draining", "No new builds are taken", drained(drained.pause()))
                        .retryAfter(SOON);
            case Refusal.StorageFull full ->
                Problem.of(507, "storage-full", "No space left", "the gateway's disk is full; tell its operator");
            case Refusal.StorageFailed failed -> Problem.readOnly();
            case Refusal.Stalled stalled -> Problem.stalled(stalled.least(), stalled.window());
            case Refusal.Interrupted interrupted ->
                Problem.of(400, "interrupted", "The request is malformed", "the connection ended before the body did");
        };
    }

    private static Problem notFetched(Refusal.NotFetched not) {
        String detail = not.url() + ": " + not.words();
        return switch (not.why()) {
            case FORBIDDEN -> Problem.forbidden(detail);
            case NO_REPOSITORY -> unprocessable("git-no-repository", detail);
            case NO_REF -> unprocessable("git-no-ref", detail);
            case FAILED -> unprocessable("git-failed", detail);
            case UNREACHABLE ->
                Problem.of(503, "git-unreachable", "The repository is not reached", detail)
                        .retryAfter(SOON);
            case TIMED_OUT ->
                Problem.of(503, "git-timed-out", "The repository takes too long", detail)
                        .retryAfter(SOON);
            case BUSY ->
                Problem.of(429, "too-many-fetches", "Too many fetches", detail).retryAfter(SOON);
        };
    }

    private static String drained(Pause pause) {
        return pause.message().map(message -> message + " (").orElse("the gateway takes no new builds (") + pause.by()
                + ", since " + Times.text(pause.since()) + ")";
    }

    private static Problem missingFiles(Refusal.MissingFiles missing) {
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        extra.put("count", missing.count());
        missing.some().forEach(digest -> extra.withArray("missing").add(digest.toString()));
        String detail = "the project lacks " + missing.count() + " of the manifest's files: POST"
                + " /projects/PROJECT/manifests tells which, and takes them";
        return new Problem("missing-files", "Files are missing", 409, detail, "", Optional.empty(), extra);
    }

    private static String whose(Refusal.QueueFull full) {
        return switch (full.of()) {
            case GATEWAY -> "";
            case PROJECT -> " of this project";
            case IDENTITY -> " of yours";
        };
    }

    private static String unknownJob(Refusal.UnknownJob unknown) {
        String name = "'" + unknown.name() + "'";
        return unknown.leftOut()
                .map(why -> "job " + name + " is not part of this build: " + why)
                .orElseGet(() -> "there is no job " + name
                        + unknown.nearest()
                                .map(near -> ", did you mean '" + near + "'?")
                                .orElse(""));
    }

    private static String noSpec(Refusal.NoSpec none) {
        String missing = "the source has no " + String.join(" or ", none.lookedFor());
        if (none.below().isPresent()) {
            String folder = none.below().get();
            String word = PLAIN_WORD.matcher(folder).matches() ? folder : "FOLDER";
            return missing + " at its top; there is one in " + folder + "/: use tar -C " + word + " -c .";
        }
        return none.lookedFor().equals(SpecReader.FILE_NAMES)
                ? missing + " at its top: it says what to build"
                : missing;
    }

    private static Problem noJobs(Refusal.NoJobs none) {
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        extra.put("file", none.file());
        ArrayNode list = extra.putArray("leftOut");
        for (Plan.LeftOut job : none.leftOut()) {
            list.addObject().put("job", job.job()).put("stage", job.stage()).put("why", job.why());
        }
        String detail = none.leftOut().isEmpty()
                ? none.file() + " defines no job"
                : "no job of " + none.file() + " is part of this build: "
                        + none.leftOut().stream()
                                .limit(MOST_REASONS)
                                .map(job -> job.job() + " (" + job.why() + ")")
                                .collect(Collectors.joining("; "))
                        + (none.leftOut().size() > MOST_REASONS ? "; …" : "");
        return new Problem("no-jobs", "The build would have no job", 422, detail, "", Optional.empty(), extra);
    }

    /** A spec with all its errors. */
    static Problem badSpec(String file, List<SpecError> errors) {
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        extra.put("file", file);
        ArrayNode list = extra.putArray("errors");
        for (SpecError error : errors) {
            ObjectNode json = list.addObject();
            if (!error.file().equals(file)) {
                json.put("file", error.file());
            }
            json.put("line", error.line()).put("column", error.column()).put("message", error.message());
        }
        SpecError first = errors.getFirst();
        String more = errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : "";
        String detail = first.file() + ":" + first.line() + ":" + first.column() + ": " + first.message() + more;
        return new Problem("bad-spec", "The build's spec has errors", 422, detail, "", Optional.empty(), extra);
    }

    private static Problem unprocessable(String type, String detail) {
        return Problem.unprocessable(type, detail);
    }
}
