package io.sallyport.builds.spec;

import io.sallyport.builds.regex.Effort;
import io.sallyport.builds.spec.files.SourceView;
import io.sallyport.builds.spec.merge.Growth;
import io.sallyport.builds.spec.merge.Includes;
import io.sallyport.builds.spec.rule.FileSearch;
import io.sallyport.builds.spec.yaml.Document;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Halt;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.SpecText;
import io.sallyport.builds.spec.yaml.YamlReader;
import io.sallyport.builds.variable.Expansion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads specs. Whatever the text, the answer comes within a second, besides the time to look through the source where
 * the spec asks for its files, and with bounded memory: at most 1 MiB of text, nested at most 100 deep, with at most
 * 100,000 values and 4 Mi characters when every alias is counted as what it stands for, and bounds on what it is put
 * together to. May be used from any thread.
 */
public final class SpecReader {
    /** The files that are looked for at the top of a source, the first that is there is the spec. */
    public static final List<String> FILE_NAMES =
            List.of(".sallyport.yml", ".sallyport.yaml", ".gitlab-ci.yml", ".forge.yml");

    /** What the conditions of a spec may take for their patterns: some tenths of a second. */
    private static final long MOST_STEPS = 20_000_000;

    private final String fileName;
    private final PlanContext context;
    private final Report report;
    private final Language language;
    private final SourceView view;
    private final FileSearch search;
    private final Effort patterns = new Effort(MOST_STEPS);

    private SpecReader(String fileName, PlanContext context) {
        this.fileName = fileName;
        this.context = context;
        this.report = new Report(fileName);
        this.language = Language.of(fileName);
        this.view = new SourceView(context.files());
        this.search = new FileSearch(view);
    }

    /**
     * Reads a spec.
     *
     * @param fileName the file's name, which tells the language, see {@code docs/language.md}
     * @param text the file's bytes
     * @param context what it is read for
     * @throws IOException when files of the source cannot be read
     */
    public static SpecResult read(String fileName, byte[] text, PlanContext context) throws IOException {
        return new SpecReader(fileName, context).read(text);
    }

    private SpecResult read(byte[] text) throws IOException {
        try {
            Optional<SpecResult.Accepted> accepted = plan(text);
            if (accepted.isPresent() && report.clean()) {
                return accepted.get();
            }
        } catch (Halt halt) {
            report.error(halt.place(), halt.reason());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new SpecResult.Rejected(report.errors().stream()
                .map(error -> new SpecError(
                        error.place().file(),
                        error.place().line(),
                        error.place().column(),
                        error.text()))
                .toList());
    }

    private Optional<SpecResult.Accepted> plan(byte[] text) {
        return SpecText.decode(fileName, text, report)
                .flatMap(decoded -> YamlReader.read(fileName, decoded, language.repeated(), report))
                .flatMap(this::spec)
                .map(spec -> new PlanMaker(spec, context, view, search, patterns, report).plan());
    }

    private Optional<Spec> spec(Document document) {
        return switch (language) {
            case SALLYPORT, GITLAB -> whole(document);
            case FORGE ->
                Expected.fields("the spec", document.body(), report)
                        .map(top -> new ForgeReader(top, context.bounds(), report).read());
        };
    }

    private Optional<Spec> whole(Document document) {
        Growth growth = new Growth();
        Expansion variables = Expansion.of(context.predefined(), Map.of(), context.given());
        return new Includes(view, search, patterns, variables, language.repeated(), growth, report)
                .whole(fileName, document)
                .map(whole ->
                        new SpecParts(whole.top(), whole.open(), context, search, patterns, growth, report).read());
    }
}
