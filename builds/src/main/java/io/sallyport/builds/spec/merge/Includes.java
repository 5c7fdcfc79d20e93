package io.sallyport.builds.spec.merge;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.regex.Effort;
import io.sallyport.builds.spec.files.SourceView;
import io.sallyport.builds.spec.merge.IncludeEntry.Kind;
import io.sallyport.builds.spec.rule.Decision;
import io.sallyport.builds.spec.rule.FileSearch;
import io.sallyport.builds.spec.rule.RulesReader;
import io.sallyport.builds.spec.rule.Situation;
import io.sallyport.builds.spec.yaml.Document;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Halt;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Repeated;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.SpecText;
import io.sallyport.builds.spec.yaml.Value;
import io.sallyport.builds.spec.yaml.YamlReader;
import io.sallyport.builds.variable.Expansion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts a spec together with the files of the source that it includes, those again with theirs. Files of one level are
 * looked up together, as each look goes over all of the source.
 */
public final class Includes {
    /** The most files that are included, all together. */
    public static final int MOST = 150;

    /** The deepest that files include others. */
    public static final int DEEPEST = 20;

    /** The most bytes of all files that are included. */
    public static final int LARGEST = 4 * SpecText.LARGEST;

    static final String KEY = "include";

    private final SourceView view;
    private final FileSearch search;
    private final Effort patterns;
    private final Expansion variables;
    private final Repeated repeated;
    private final Growth growth;
    private final Report report;
    private int count;
    private long bytes;
    private boolean open;

    /**
     * Includes files for a spec.
     *
     * @param patterns what all searches for patterns may take
     * @param variables known of the build
     * @param repeated what the same key twice means in all of them
     */
    public Includes(
            SourceView view,
            FileSearch search,
            Effort patterns,
            Expansion variables,
            Repeated repeated,
            Growth growth,
            Report report) {
        this.view = view;
        this.search = search;
        this.patterns = patterns;
        this.variables = variables;
        this.repeated = repeated;
        this.growth = growth;
        this.report = report;
    }

    /**
     * A spec that is one.
     *
     * @param top its entries
     * @param open whether files are included that cannot be followed
     */
    public record Whole(Value.Fields top, boolean open) {}

    /** A file of the source that is to be included. */
    private record Wanted(IncludedFile by, IncludeEntry entry, String path) {}

    /** The spec with all that it includes; empty when it is none, which is among the errors then. */
    public Optional<Whole> whole(String file, Document document) {
        Optional<IncludedFile> root = file(file, Optional.empty(), document, Optional.empty(), Place.start(file));
        if (root.isEmpty()) {
            return Optional.empty();
        }
        List<IncludedFile> level = List.of(root.get());
        while (!level.isEmpty()) {
            level = next(level);
        }
        return Optional.of(new Whole(root.get().merged(growth), open));
    }

    private List<IncludedFile> next(List<IncludedFile> level) {
        List<Wanted> wanted = new ArrayList<>();
        for (IncludedFile file : level) {
            file.top().given(KEY).map(value -> new IncludeReader(report).read(value)).orElse(List.of()).stream()
                    .filter(this::isAdmitted)
                    .forEach(entry -> want(file, entry, wanted));
        }
        Map<String, byte[]> contents = view.contents(
                wanted.stream().map(Wanted::path).collect(Collectors.toCollection(TreeSet::new)), SpecText.LARGEST + 1);
        List<IncludedFile> files = new ArrayList<>();
        for (Wanted one : wanted) {
            byte[] text = contents.get(one.path);
            if (text == null) {
                absent(one);
            } else {
                read(one, text).ifPresent(file -> {
                    one.by.add(file);
                    files.add(file);
                });
            }
        }
        return files;
    }

    private boolean isAdmitted(IncludeEntry entry) {
        if (entry.rules().isEmpty()) {
            return true;
        }
        Decision decision = RulesReader.read(KEY + ": rules", entry.rules().get(), RulesReader.Kind.INCLUDE, report)
                .decide(new Situation(variables, search, patterns, report));
        return decision instanceof Decision.In;
    }

    private void want(IncludedFile by, IncludeEntry entry, List<Wanted> wanted) {
        if (entry.kind() != Kind.LOCAL) {
            open = true;
            report.notice(
                    entry.place(),
                    KEY + ": " + entry.kind().word() + " " + Shown.word(entry.target())
                            + " is not read: only files of the source can be included");
            return;
        }
        if (!view.known()) {
            open = true;
            report.notice(
                    entry.place(),
                    KEY + ": " + Shown.word(entry.target())
                            + " is not read: the files of the source are not known here");
            return;
        }
        String path = withoutSlash(variables.expand(entry.target()));
        List<String> paths = path.indexOf('*') < 0 ? List.of(path) : search.find(path, entry.place());
        if (paths.isEmpty()) {
            report.notice(entry.place(), KEY + ": no file matches " + Shown.word(entry.target()));
        }
        for (String each : paths) {
            if (isAllowed(by, entry, each)) {
                wanted.add(new Wanted(by, entry, each));
            }
        }
    }

    private boolean isAllowed(IncludedFile by, IncludeEntry entry, String path) {
        String name = KEY + ": " + Shown.word(path);
        if (!path.endsWith(".yml") && !path.endsWith(".yaml")) {
            report.error(entry.place(), name + " is no .yml or .yaml file");
            return false;
        }
        if (by.isWithin(path)) {
            report.error(entry.place(), name + " includes itself, by way of other files or at once");
            return false;
        }
        if (by.depth() > DEEPEST) {
            report.error(entry.place(), name + ": files include others more than " + DEEPEST + " deep");
            return false;
        }
        if (++count > MOST) {
            if (count == MOST + 1) {
                report.error(entry.place(), KEY + ": more than " + MOST + " files");
            }
            return false;
        }
        return true;
    }

    private static String withoutSlash(String path) {
        String rest = path.startsWith("./") ? path.substring(1) : path;
        while (rest.startsWith("/")) {
            rest = rest.substring(1);
        }
        return rest;
    }

    private void absent(Wanted one) {
        report.error(
                one.entry.place(),
                KEY + ": " + Shown.word(one.path) + " is no file of the source"
                        + Nearest.to(one.path, yamlFiles())
                                .map(near -> ", did you mean " + Shown.word(near) + "?")
                                .orElse(""));
    }

    private List<String> yamlFiles() {
        return view.paths().stream()
                .filter(path -> path.endsWith(".yml") || path.endsWith(".yaml"))
                .limit(MOST)
                .toList();
    }

    private Optional<IncludedFile> read(Wanted one, byte[] text) {
        bytes += text.length;
        if (bytes > LARGEST) {
            throw new Halt(one.entry.place(), KEY + ": the files have more than " + LARGEST + " bytes all together");
        }
        return SpecText.decode(one.path, text, report)
                .flatMap(decoded -> YamlReader.read(one.path, decoded, repeated, report))
                .flatMap(document ->
                        file(one.path, Optional.of(one.by), document, one.entry.inputs(), one.entry.place()));
    }

    private Optional<IncludedFile> file(
            String path, Optional<IncludedFile> by, Document document, Optional<Value.Fields> given, Place place) {
        Map<String, Value> inputs = Inputs.of(document.header(), given, place, patterns, report);
        Value body = document.header().isPresent()
                ? new Interpolation(inputs, variables, growth, report).of(document.body())
                : document.body();
        return Expected.fields(by.isPresent() ? Shown.word(path) : "the spec", body, report)
                .map(top -> new IncludedFile(path, by, top));
    }
}
