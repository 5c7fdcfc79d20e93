package io.sallyport.client.cli;

import io.sallyport.client.Body;
import io.sallyport.client.ClientException;
import io.sallyport.client.Request;
import io.sallyport.client.source.SourceTree;
import io.sallyport.client.source.SpecSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code sally lint}: the plan of a spec, or its errors. */
final class LintCommand implements Command {
    /** The gateway's, in its order. */
    private static final List<String> SPECS =
            List.of(".sallyport.yml", ".sallyport.yaml", ".gitlab-ci.yml", ".forge.yml");

    private static final int UNUSABLE = 65;

    private final Syntax syntax = new Syntax(
            "lint",
            this,
            "Shows the plan that a spec would give, or every error of it with its line and column. Nothing is built.",
            "A spec that includes others is found with them when a folder is given: of it go the names of all files, and what is YAML.");
    private final Supplier<Optional<String>> source =
            syntax.mayBe("SPEC", "A file, a folder, or - for standard input (the spec of the current folder).");
    private final Supplier<Boolean> local =
            syntax.flag("--local", "Asks no gateway, but the program sallyport, which is SALLYPORT or on the path.");
    private final Supplier<Optional<String>> ref =
            syntax.text("--ref", "REF", "The branch, or refs/tags/NAME, that it is planned for.");
    private final Supplier<List<String>> variables =
            syntax.texts("--var", "NAME=VALUE", "A variable, as a submitter would give it; may be repeated.");

    private final Session session;

    LintCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return local.get() ? locally() : remotely();
    }

    private int remotely() throws IOException, InterruptedException {
        Request request = Request.of("POST", "/lint").with("format", session.json() ? "json" : "text");
        request = request.with("ref", ref.get());
        for (String variable : variables.get()) {
            request = new Request(with(request.words(), "variables." + variable));
        }
        Body body;
        if (source.get().equals(Optional.of("-"))) {
            body = Body.of(session.surroundings().in());
        } else {
            Path path = session.surroundings().folder().resolve(source.get().orElse("."));
            if (Files.isDirectory(path)) {
                spec(path);
                body = SpecSource.of(
                        SourceTree.of(path, session.surroundings().environment(), notice -> {}), notice -> {});
            } else {
                body = text(path);
                request = request.with("file", path.getFileName().toString());
            }
        }
        return session.client().stream(request, body, session.console().out());
    }

    private static Body text(Path file) throws ClientException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            // An empty body would be one that was forgotten; this is a spec without anything in it.
            return Body.of(bytes.length == 0 ? new byte[] {'\n'} : bytes);
        } catch (IOException e) {
            throw new ClientException.BadSource(
                    "there is no spec '" + file + "' that can be read: name the file or its folder");
        }
    }

    private static Path spec(Path folder) throws ClientException {
        for (String name : SPECS) {
            if (Files.exists(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        throw new ClientException.BadSource("there is no " + String.join(" or ", SPECS) + " in '" + folder.normalize()
                + "': it says what to build");
    }

    private int locally() throws IOException, InterruptedException {
        Path path = session.surroundings().folder().resolve(source.get().orElse("."));
        Path file = Files.isDirectory(path) ? spec(path) : path;
        String program = session.surroundings().environment().getOrDefault("SALLYPORT", "sallyport");
        List<String> command = new ArrayList<>(List.of(program, "lint", file.toString()));
        command.addAll(List.of("--format", session.json() ? "json" : "text"));
        ref.get().ifPresent(name -> command.addAll(List.of("--ref", name)));
        variables.get().forEach(variable -> command.addAll(List.of("--variable", variable)));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new ClientException.BadSetting(
                    "--local",
                    "there is no program '" + program + "': put it on the path, name it in SALLYPORT, or ask a"
                            + " gateway without --local");
        }
        process.getOutputStream().close();
        process.getInputStream().transferTo(session.console().out());
        return process.waitFor() == 0 ? ExitStatus.OK : UNUSABLE;
    }

    private static List<String> with(List<String> words, String more) {
        List<String> all = new ArrayList<>(words);
        all.add(more);
        return all;
    }
}
