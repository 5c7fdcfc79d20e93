package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.Answer;
import io.sallyport.client.LogRequest;
import io.sallyport.client.Submission;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sally submit}: a build of what is here. */
@Command(
        name = "submit",
        abbreviateSynopsis = true,
        description = {
            "Packs a folder, submits it as a build, and follows its log.",
            "Of a git checkout, what git tracks or would track is packed, as it is on disk now.",
            "The exit status is the build's: 0 succeeded, 1 failed, 3 canceled, 4 timed out, 5 errored."
        },
        sortOptions = false)
final class SubmitCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "SOURCE",
            description = {
                "A folder (the current one), an archive, or - for an archive on standard input;",
                "or https://HOST/REPOSITORY#REF, for the gateway to fetch."
            })
    private String source = ".";

    @ArgGroup
    private @Nullable Stay stay;

    @Option(
            names = {"--artifact"},
            paramLabel = "PATH",
            description = "Writes this artifact to standard output, and the log to standard error.")
    private @Nullable String artifact;

    @Option(
            names = {"--var"},
            paramLabel = "NAME=VALUE",
            description = "A variable for the build; may be repeated.")
    private List<String> variables = List.of();

    @Option(
            names = {"--label"},
            paramLabel = "NAME=VALUE",
            description = "A label to find the build by; may be repeated.")
    private List<String> labels = List.of();

    @Option(
            names = {"--ref"},
            paramLabel = "REF",
            description = "The branch or tag, if not the one checked out.")
    private @Nullable String ref;

    @Option(
            names = {"--commit"},
            paramLabel = "COMMIT",
            description = "The commit, if not the one checked out.")
    private @Nullable String commit;

    @Option(
            names = {"--param"},
            paramLabel = "NAME=VALUE",
            description = "Any other parameter of a submission; may be repeated.")
    private List<String> others = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before a command runs.
    private CommandSpec spec;

    private final Session session;

    SubmitCommand(Session session) {
        this.session = session;
    }

    /** Whether to stay until the end. */
    static final class Stay {
        @Option(
                names = {"-f", "--follow"},
                description = "Follows the log to the build's end (as on a terminal).")
        private boolean follow;

        @Option(
                names = {"-d", "--detach"},
                description = "Ends when the build is accepted, and shows its ID.")
        @SuppressWarnings("UnusedVariable") // It is what is left when the other is not given.
        private boolean detach;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> parameters = parameters();
        String project = session.project();
        SubmittedSource packed = SubmittedSource.of(source, session);
        packed.commit().ifPresent(found -> parameters.putIfAbsent("commit", found));
        packed.ref().ifPresent(found -> parameters.putIfAbsent("ref", found));
        if (packed.dirty()) {
            parameters.putIfAbsent("labels.dirty", "true");
        }
        if (packed.body().repeatable()) {
            parameters.putIfAbsent("idempotency-key", "sally-" + UUID.randomUUID());
        }
        Submission submission = new Submission(project, parameters, packed.body(), Optional.ofNullable(artifact));
        if (artifact != null || follows()) {
            session.askWhenInterrupted();
            if (artifact == null && new ReadableLog(session).wanted()) {
                return followed(session.client().submit(submission));
            }
            return session.client()
                    .submitAndFollow(submission, session.console().out());
        }
        return detached(session.client().submit(submission));
    }

    /** For people: which names its lines need shows when the build is accepted. */
    private int followed(Answer accepted) throws IOException, InterruptedException {
        session.console().gatewaySays(accepted);
        JsonNode build = accepted.document();
        new ReadableLog(session)
                .show(build, LogRequest.followed(build.path("id").asLong()));
        Answer ended = session.client().await(build.path("id").asLong());
        session.console().gatewaySays(ended);
        return ended.status();
    }

    private int detached(Answer accepted) throws IOException {
        if (session.json()) {
            session.console().print(accepted.text());
        } else {
            String id = accepted.document().path("id").asText();
            session.console().print(id + "\n");
            BuildSentence.of(accepted.document())
                    .ifPresent(
                            sentence -> session.console().say(sentence + "; follow it with 'sally log " + id + " -f'"));
        }
        return accepted.status();
    }

    private boolean follows() {
        return stay == null ? session.surroundings().terminals().out() : stay.follow;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (ref != null) {
            parameters.put("ref", ref);
        }
        if (commit != null) {
            parameters.put("commit", commit);
        }
        variables.forEach(word -> put("variables.", "--var", word, parameters));
        labels.forEach(word -> put("labels.", "--label", word, parameters));
        others.forEach(word -> put("", "--param", word, parameters));
        return parameters;
    }

    private void put(String prefix, String option, String word, Map<String, String> parameters) {
        int equals = word.indexOf('=');
        if (equals < 1) {
            throw new ParameterException(spec.commandLine(), option + " '" + word + "' is not NAME=VALUE");
        }
        parameters.put(prefix + word.substring(0, equals), word.substring(equals + 1));
    }
}
