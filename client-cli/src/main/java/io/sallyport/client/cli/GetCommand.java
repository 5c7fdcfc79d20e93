package io.sallyport.client.cli;

import io.sallyport.client.Answer;
import io.sallyport.client.Artifact;
import io.sallyport.client.ClientException;
import io.sallyport.client.Request;
import io.sallyport.client.SallyClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sally get}: the artifacts of a build. */
@Command(
        name = "get",
        abbreviateSynopsis = true,
        description = {
            "Fetches an artifact of a build, checks its SHA-256, and puts it in place whole or not at all.",
            "Without a PATH: lists the artifacts."
        })
final class GetCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", converter = BuildId.class, description = "The build.")
    private long id;

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "The artifact.")
    private @Nullable String path;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to put it: a file, a folder, or - for standard output.")
    private @Nullable String output;

    @Option(
            names = {"-a", "--all"},
            description = "Fetches all artifacts, with their paths, into the folder of -o (build-ID).")
    private boolean all;

    @Option(
            names = {"--verify"},
            description = "Also checks the gateway's signature with ssh-keygen.")
    private boolean verify;

    @Option(
            names = {"--signers"},
            paramLabel = "FILE",
            description =
                    "Whose signature counts, as in allowed_signers of ssh-keygen (the gateway's own key, asked for now).")
    private @Nullable Path signers;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before a command runs.
    private CommandSpec spec;

    private final Session session;

    GetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (all && path != null) {
            throw new ParameterException(spec.commandLine(), "--all fetches all artifacts: give no PATH with it");
        }
        if (all) {
            fetchAll();
        } else if (path != null) {
            fetch(path);
        } else if (session.json()) {
            Answer list = session.client().get(Request.of("GET", "/builds/" + id + "/artifacts"));
            session.console().print(list.text());
        } else {
            session.console().print(ArtifactTable.of(session.client().artifacts(id)));
        }
        return ExitStatus.OK;
    }

    private void fetch(String wanted) throws IOException, InterruptedException {
        SallyClient client = session.client();
        List<Artifact> all = client.artifacts(id);
        Artifact artifact = all.stream()
                .filter(one -> one.path().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ClientException.NoArtifact(id, wanted));
        verify(List.of(artifact));
        if ("-".equals(output)) {
            client.fetch(id, artifact, session.console().out());
        } else {
            Path file = new Destination(session.surroundings().folder()).file(artifact, output);
            client.fetch(id, artifact, file);
            session.console().say("'" + artifact.path() + "' is in " + file + ", checked");
        }
    }

    /** Before anything is fetched: what is fetched is compared with the list, and so with what is signed. */
    private void verify(List<Artifact> artifacts) throws IOException, InterruptedException {
        if (verify || signers != null) {
            Optional<Path> trusted =
                    Optional.ofNullable(signers).map(session.surroundings().folder()::resolve);
            new EvidenceCheck(session, id, trusted).verify(artifacts);
        }
    }

    private void fetchAll() throws IOException, InterruptedException {
        Path folder = session.surroundings().folder().resolve(output == null ? "build-" + id : output);
        List<Artifact> artifacts = session.client().artifacts(id);
        verify(artifacts);
        for (Artifact artifact : artifacts) {
            session.client().fetch(id, artifact, new Destination(folder).within(artifact));
        }
        session.console().say(artifacts.size() + " artifacts are in " + folder + ", checked");
    }
}
