package io.sallyport.client.cli;

import io.sallyport.client.Answer;
import io.sallyport.client.Submission;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code sally submit}: a build of what is here. */
final class SubmitCommand implements Command {
    private final Syntax syntax = new Syntax(
                    "submit",
                    this,
                    "Packs a folder, submits it as a build, and follows its log.",
                    "Of a git checkout, what git tracks or would track is packed, as it is on disk now.",
                    "The exit status is the build's: 0 succeeded, 1 failed, 3 canceled, 4 timed out, 5 errored.")
            .inOrder();
    private final Supplier<Optional<String>> source = syntax.mayBe(
            "SOURCE",
            "A folder (the current one), an archive, or - for an archive on standard input;",
            "or https://HOST/REPOSITORY#REF, for the gateway to fetch.");
    private final Supplier<Optional<Boolean>> follow = syntax.either(
            "-f,--follow",
            "Follows the log to the build's end (as on a terminal).",
            "-d,--detach",
            "Ends when the build is accepted, and shows its ID.");
    private final Supplier<Optional<String>> artifact = syntax.text(
            "--artifact", "PATH", "Writes this artifact to standard output, and the log to standard error.");
    private final Supplier<List<String>> variables =
            syntax.texts("--var", "NAME=VALUE", "A variable for the build; may be repeated.");
    private final Supplier<List<String>> labels =
            syntax.texts("--label", "NAME=VALUE", "A label to find the build by; may be repeated.");
    private final Supplier<Optional<String>> ref =
            syntax.text("--ref", "REF", "The branch or tag, if not the one checked out.");
    private final Supplier<Optional<String>> commit =
            syntax.text("--commit", "COMMIT", "The commit, if not the one checked out.");
    private final Supplier<Optional<String>> keepFailed = syntax.text(
            "--keep-failed", "DURATION", "Keeps jobs that fail so long, for somebody to go into: 10m, 1h, or true.");
    private final Supplier<List<String>> others =
            syntax.texts("--param", "NAME=VALUE", "Any other parameter of a submission; may be repeated.");

    private final Session session;

    SubmitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> parameters = parameters();
        String project = session.project();
        SubmittedSource packed = SubmittedSource.of(source.get().orElse("."), session);
        packed.commit().ifPresent(found -> parameters.putIfAbsent("commit", found));
        packed.ref().ifPresent(found -> parameters.putIfAbsent("ref", found));
        if (packed.dirty()) {
            parameters.putIfAbsent("labels.dirty", "true");
        }
        if (packed.body().repeatable()) {
            parameters.putIfAbsent("idempotency-key", "sally-" + UUID.randomUUID());
        }
        Submission submission = new Submission(project, parameters, packed.body(), artifact.get());
        if (artifact.get().isPresent() || follows()) {
            session.askWhenInterrupted();
            if (artifact.get().isEmpty() && new ReadableLog(session).wanted()) {
                return new ReadableLog(session).followed(session.client().submit(submission), true);
            }
            return session.client()
                    .submitAndFollow(submission, session.console().out());
        }
        return detached(session.client().submit(submission));
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
        return follow.get().orElse(session.surroundings().terminals().out());
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        ref.get().ifPresent(name -> parameters.put("ref", name));
        commit.get().ifPresent(name -> parameters.put("commit", name));
        keepFailed.get().ifPresent(time -> parameters.put("keep-failed", time));
        variables.get().forEach(word -> put("variables.", "--var", word, parameters));
        labels.get().forEach(word -> put("labels.", "--label", word, parameters));
        others.get().forEach(word -> put("", "--param", word, parameters));
        return parameters;
    }

    private void put(String prefix, String option, String word, Map<String, String> parameters) {
        int equals = word.indexOf('=');
        if (equals < 1) {
            throw syntax.wrong(option + " '" + word + "' is not NAME=VALUE");
        }
        parameters.put(prefix + word.substring(0, equals), word.substring(equals + 1));
    }
}
