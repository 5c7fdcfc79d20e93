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
import java.util.function.Supplier;

/** {@code sally get}: the artifacts of a build. */
final class GetCommand implements Command {
    private final Syntax syntax = new Syntax(
            "get",
            this,
            "Fetches an artifact of a build, checks its SHA-256, and puts it in place whole or not at all.",
            "Without a PATH: lists the artifacts.");
    private final Supplier<Long> id = syntax.build();
    private final Supplier<Optional<String>> path = syntax.mayBe("PATH", "The artifact.");
    private final Supplier<Optional<String>> output =
            syntax.text("-o,--output", "FILE", "Where to put it: a file, a folder, or - for standard output.");
    private final Supplier<Boolean> all =
            syntax.flag("-a,--all", "Fetches all artifacts, with their paths, into the folder of -o (build-ID).");
    private final Supplier<Boolean> force =
            syntax.flag("--force", "With --all and -o: replaces files that are there already and differ.");
    private final Supplier<Boolean> verify =
            syntax.flag("--verify", "Also checks the gateway's signature with ssh-keygen.");
    private final Supplier<Optional<Path>> signers = syntax.option(
            Path.class,
            "--signers",
            "FILE",
            "Whose signature counts, as in allowed_signers of ssh-keygen (the gateway's own key, asked for now).");

    private final Session session;

    GetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (all.get() && path.get().isPresent()) {
            throw syntax.wrong("--all fetches all artifacts: give no PATH with it");
        }
        if (all.get()) {
            return fetchAll();
        } else if (path.get().isPresent()) {
            fetch(path.get().get());
        } else if (session.json()) {
            Answer list = session.client().get(Request.of("GET", "/builds/" + id.get() + "/artifacts"));
            session.console().print(list.text());
        } else {
            session.console().print(ArtifactTable.of(there()));
        }
        return ExitStatus.OK;
    }

    /** All of them; that there are none is no answer as long as the build goes on. */
    private List<Artifact> there() throws IOException, InterruptedException {
        List<Artifact> artifacts = session.client().artifacts(id.get());
        if (artifacts.isEmpty()) {
            new BuildEnd(session, id.get()).require();
        }
        return artifacts;
    }

    private void fetch(String wanted) throws IOException, InterruptedException {
        SallyClient client = session.client();
        List<Artifact> all = client.artifacts(id.get());
        Optional<Artifact> found =
                all.stream().filter(one -> one.path().equals(wanted)).findFirst();
        if (found.isEmpty()) {
            new BuildEnd(session, id.get()).require();
        }
        Artifact artifact = found.orElseThrow(() -> new ClientException.NoArtifact(id.get(), wanted));
        verify(List.of(artifact));
        if (output.get().equals(Optional.of("-"))) {
            client.fetch(id.get(), artifact, session.console().out());
        } else {
            Path file = new Destination(session.surroundings().folder(), id.get())
                    .file(artifact, output.get().orElse(null));
            client.fetch(id.get(), artifact, file);
            session.console().say("'" + artifact.path() + "' is in " + file + ", checked");
        }
    }

    /** Before anything is fetched: what is fetched is compared with the list, and so with what is signed. */
    private void verify(List<Artifact> artifacts) throws IOException, InterruptedException {
        if (verify.get() || signers.get().isPresent()) {
            Optional<Path> trusted = signers.get().map(session.surroundings().folder()::resolve);
            new EvidenceCheck(session, id.get(), trusted).verify(artifacts);
        }
    }

    private int fetchAll() throws IOException, InterruptedException {
        Path folder = session.surroundings().folder().resolve(output.get().orElse("build-" + id.get()));
        List<Artifact> artifacts = there();
        verify(artifacts);
        boolean replacing = force.get() || output.get().isEmpty();
        return new AllArtifacts(session, id.get(), folder, replacing).fetch(artifacts);
    }
}
