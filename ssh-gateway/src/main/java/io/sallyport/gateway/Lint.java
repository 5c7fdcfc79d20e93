package io.sallyport.gateway;

import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.spec.PlanContext;
import io.sallyport.builds.spec.SpecError;
import io.sallyport.builds.spec.SpecReader;
import io.sallyport.builds.spec.SpecResult;
import io.sallyport.builds.spec.files.FolderFiles;
import io.sallyport.builds.spec.yaml.SpecText;
import io.sallyport.builds.variable.PredefinedVariables;
import io.sallyport.handlers.plan.PlanDot;
import io.sallyport.handlers.plan.PlanJson;
import io.sallyport.handlers.plan.PlanText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sallyport lint}: the plan that a spec on this machine would give, or its errors. No gateway is asked. */
@Command(
        name = "lint",
        description =
                "Shows the plan that a spec would give, or every error of it. Files that it includes are looked for"
                        + " beside it, from the top of its git checkout.",
        mixinStandardHelpOptions = true)
final class Lint implements Callable<Integer> {
    private static final int UNUSABLE = 65;
    private static final int NO_INPUT = 66;
    private static final String GIT = ".git";
    /** A gateway's own settings may be stricter. */
    private static final PlanContext.Bounds BOUNDS =
            new PlanContext.Bounds(Duration.ofHours(1), Duration.ofDays(1), 1000);

    /** How the plan is shown. */
    private enum Format {
        TEXT,
        JSON,
        DOT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "FILE", description = "the spec; its name tells the language")
    private Path file = Path.of("");

    @Option(names = "--ref", paramLabel = "REF", description = "branch, or refs/tags/NAME; else main")
    private @Nullable String ref;

    @Option(names = "--variable", paramLabel = "NAME=VALUE", description = "as a submitter would give it; repeatable")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--format", paramLabel = "text|json|dot", description = "how to show it (default: text)")
    private Format format = Format.TEXT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, Refused {
        Path absolute = file.toAbsolutePath().normalize();
        Path top = top(absolute);
        String name = top.relativize(absolute).toString();
        return switch (SpecReader.read(name, text(absolute), context(top))) {
            case SpecResult.Rejected rejected -> errors(rejected.errors());
            case SpecResult.Accepted accepted -> plan(name, accepted);
        };
    }

    private byte[] text(Path path) throws Refused {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(SpecText.LARGEST + 1);
        } catch (IOException e) {
            throw new Refused("cannot read " + file + ": " + reason(path), NO_INPUT);
        }
    }

    private static String reason(Path path) {
        if (Files.isDirectory(path)) {
            return "it is a folder; name the spec in it";
        }
        return Files.exists(path) ? "it is not readable" : "there is no such file";
    }

    /** The top of the checkout that the file is in; its own folder when it is in none. */
    private static Path top(Path path) {
        Path folder = Optional.ofNullable(path.getParent()).orElse(path);
        return Stream.iterate(folder, each -> each != null, Path::getParent)
                .filter(each -> Files.exists(each.resolve(GIT)))
                .findFirst()
                .orElse(folder);
    }

    private PlanContext context(Path top) {
        BuildRequest request = new BuildRequest(
                Optional.ofNullable(ref),
                Optional.empty(),
                Collections.emptySortedMap(),
                new TreeMap<>(variables),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
        String project = String.valueOf(top.getFileName());
        return new PlanContext(
                PredefinedVariables.ofSubmission(project, ProjectSettings.USUAL_BRANCH, request, false),
                variables,
                new FolderFiles(top),
                BOUNDS);
    }

    private int plan(String name, SpecResult.Accepted accepted) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (format) {
                    case TEXT -> PlanText.of(name, accepted);
                    case JSON -> PlanJson.of(name, accepted) + "\n";
                    case DOT -> PlanDot.of(accepted.plan());
                });
        out.flush();
        return 0;
    }

    private int errors(List<SpecError> errors) {
        PrintWriter err = spec.commandLine().getErr();
        errors.forEach(error ->
                err.println(error.file() + ":" + error.line() + ":" + error.column() + ": " + error.message()));
        err.flush();
        return UNUSABLE;
    }
}
