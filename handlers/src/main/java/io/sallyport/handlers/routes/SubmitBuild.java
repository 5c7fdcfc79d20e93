package io.sallyport.handlers.routes;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.engine.Submission;
import io.sallyport.builds.engine.Submitted;
import io.sallyport.builds.schedule.Schedule;
import io.sallyport.builds.store.BuildStore;
import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.ProtectedRefs;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Identity;
import io.sallyport.keys.Ref;
import io.sallyport.keys.Verb;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** {@code POST /projects/{p}/builds}: takes a source in, queues its build, and follows it if asked to. */
final class SubmitBuild implements Handler {
    static final BodyForm BODY = BodyForm.piped(
            "an archive: tar, tar.gz, tar.zst, tar.xz or zip, with .sallyport.yml or .gitlab-ci.yml at its top; or"
                    + " {\"git\":{\"url\":\"https://…\",\"ref\":\"main\"}}",
            "git archive HEAD",
            "submit web");

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_VALUE = 4096;
    private static final int MOST_WORDS = 100;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    static final Param<Ref> REF = Param.ref("ref", LONGEST_NAME, "branch, or tag as refs/tags/NAME, that is built");
    static final Param<String> COMMIT = Param.text("commit", LONGEST_NAME, "commit that is built");
    static final Param<String> LABELS = Param.words("labels", LONGEST_NAME, "to find the build by");
    static final Param<String> VARIABLES = Param.words("variables", LONGEST_VALUE, "given to the script");
    static final Param<String> SPEC = Param.text("spec", LONGEST_NAME, "the file of the source to read as spec");
    static final Param<Long> PRIORITY =
            Param.number("priority", -100, 100, "higher is sooner").needing(Verb.SET_PRIORITY);
    static final Param<String> KEY =
            Param.text("idempotency-key", LONGEST_NAME, "submitting again with the same key gives the same build");
    static final Param<String> JOBS =
            Param.text("jobs", LONGEST_VALUE, "only these jobs and what they need: names with commas between");
    static final Param<String> SUPERSEDE = Param.text(
            "supersede", LONGEST_NAME, "older builds of the same ref with the same key are not wanted any more");
    static final Param<Duration> KEEP_FAILED = Param.timeOrUsual(
            "keep-failed",
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            "keep jobs that fail, for somebody to look at: so long, or true for as long as is usual");
    static final Param<Boolean> FOLLOW = Param.flag("follow", "show the log while it is made; end with the build")
            .needing(Verb.READ_LOGS);
    static final Param<String> ARTIFACT = Param.text(
                    "artifact", LONGEST_VALUE, "follow, and give this artifact's bytes in the end")
            .needing(Verb.READ_LOGS, Verb.READ_ARTIFACTS);
    static final Param<String> ON_DISCONNECT =
            Param.oneOf("on-disconnect", List.of("detach", "cancel"), "what a lost connection means for the build");

    /** What stands beside a ticket's own refusal, which is the one that is told. */
    private static final Submitted NOT_BEGUN = new Submitted.Refused(new Refusal.Interrupted());

    private final Engine engine;
    private final Followers followers;
    private final Quotas quotas;

    SubmitBuild(Engine engine, Followers followers, Quotas quotas) {
        this.engine = engine;
        this.followers = followers;
        this.quotas = quotas;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed, IOException {
        BuildRequest wanted = wanted(request);
        Optional<String> artifact = request.get(ARTIFACT);
        boolean follow = request.has(FOLLOW) || artifact.isPresent();
        if (follow && followers.full()) {
            return new Response.Failed(followers.refusal());
        }
        // Asked with the settings that the gate has decided by: who has come here may submit to a protected ref.
        boolean trusted = ProtectedRefs.cover(request.project(), request.get(REF));
        try (QuotaTicket ticket = quotas.begin(request, request.project().name())) {
            Submission submission = new Submission(
                    request.project(),
                    request.identity(),
                    trusted,
                    wanted,
                    older -> maySupersede(request, older),
                    request.seesBuilds(request.project()),
                    new RequestedFetch(request, ticket));
            return switch (submit(submission, ticket)) {
                case Submitted.Refused refused ->
                    new Response.Failed(ticket.refusal().orElseGet(() -> Refusals.problem(refused.refusal())));
                case Submitted.Accepted accepted
                when isAnother(accepted, submission) ->
                    new Response.Failed(
                            Problem.conflict(
                                    "the idempotency key stands for a build of somebody else, or of another ref; choose another"));
                case Submitted.Accepted accepted
                when follow -> FollowedBuild.of(engine, followers, accepted.build(), artifact, request);
                case Submitted.Accepted accepted -> accepted(accepted.build());
            };
        }
    }

    private Submitted submit(Submission submission, QuotaTicket ticket) throws IOException {
        if (ticket.refusal().isPresent()) {
            return NOT_BEGUN;
        }
        try {
            Submitted submitted = engine.submit(submission, ticket.body());
            ticket.note(submitted);
            return submitted;
        } catch (IOException e) {
            if (ticket.refusal().isPresent()) {
                return NOT_BEGUN;
            }
            throw e;
        }
    }

    /**
     * Nobody is given the build of somebody else for their own, whose key they have guessed or who has guessed theirs: it
     * has another source, and its artifacts are not what was submitted here. The same of a ref that has another trust.
     */
    private static boolean isAnother(Submitted.Accepted accepted, Submission submission) {
        Build build = accepted.build();
        return !build.submittedBy().equals(submission.submittedBy())
                || build.trusted() != submission.trusted()
                || !build.request().ref().equals(accepted.ref());
    }

    static Response accepted(Build build) {
        return new Response.Document(202, BuildJson.of(build), ExitStatus.OK);
    }

    /** The variables that a request gives, whose names must be such. */
    static SortedMap<String, String> variables(Request request) throws Param.Malformed {
        SortedMap<String, String> variables = request.words(VARIABLES);
        for (String name : variables.keySet()) {
            if (!isVariable(name)) {
                throw new Param.Malformed("variables", "'" + name + "' cannot be the name of a variable");
            }
        }
        if (variables.size() > MOST_WORDS) {
            throw tooMany();
        }
        return variables;
    }

    /** Whether a submitter may give a variable of this name. */
    static boolean isVariable(String name) {
        return VARIABLE.matcher(name).matches() && !name.startsWith("SALLYPORT_");
    }

    private static Param.Malformed tooMany() {
        return new Param.Malformed("variables", "at most " + MOST_WORDS + " labels and variables can be given");
    }

    private static BuildRequest wanted(Request request) throws Param.Malformed {
        SortedMap<String, String> variables = variables(request);
        if (variables.size() + request.words(LABELS).size() > MOST_WORDS) {
            throw tooMany();
        }
        Optional<String> key = request.get(KEY);
        if (key.isPresent() && key.get().startsWith(Schedule.KEY)) {
            throw new Param.Malformed(KEY.name(), "keys that begin with '" + Schedule.KEY + "' are for schedules");
        }
        return new BuildRequest(
                request.get(REF).map(Ref::toString),
                request.get(COMMIT),
                request.words(LABELS),
                variables,
                request.get(SPEC),
                Math.toIntExact(request.get(PRIORITY).orElse(0L)),
                key,
                Optional.empty(),
                request.get(JOBS),
                request.get(SUPERSEDE),
                request.get(KEEP_FAILED));
    }

    /** Whoever may submit to a branch may replace what is built of it; a deploy key only what it has submitted itself. */
    private static boolean maySupersede(Request request, BuildStore.Older older) {
        return older.submittedBy().equals(request.identity())
                || request.principal().identity().kind() != Identity.Kind.DEPLOY_KEY;
    }
}
