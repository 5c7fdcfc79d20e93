package io.sallyport.builds.spec;

import io.sallyport.builds.spec.files.SourceView;
import io.sallyport.builds.spec.merge.Growth;
import io.sallyport.builds.spec.merge.Includes;
import io.sallyport.builds.spec.rule.FileSearch;
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
 * Reads specs. Whatever the text, the answer comes within a second and with bounded memory: at most 1 MiB of text,
 * nested at most 100 deep, with at most 100,000 values and 4 Mi characters when every alias is counted as what it
 * stands for. May be used from any thread.
 */
public final class SpecReader {
    /** The files that are looked for at the top of a source, the first that is there is the spec. */
    public static final List<String> FILE_NAMES = List.of(".sallyport.yml", ".sallyport.yaml", ".gitlab-ci.yml");

    private SpecReader() {}

    /**
     * Reads a spec.
     *
     * @param fileName the file's name, which tells the language, see {@code docs/language.md}
     * @param text the file's bytes
     * @param context what it is read for
     * @throws IOException when files of the source cannot be read
     */
    public static SpecResult read(String fileName, byte[] text, PlanContext context) throws IOException {
        Report report = new Report(fileName);
        try {
            Optional<SpecResult.Accepted> accepted = read(fileName, text, context, report);
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

    private static Optional<SpecResult.Accepted> read(
            String fileName, byte[] text, PlanContext context, Report report) {
        Language language = Language.of(fileName);
        SourceView view = new SourceView(context.files());
        FileSearch search = new FileSearch(view);
        Growth growth = new Growth();
        Expansion variables = Expansion.of(context.predefined(), Map.of(), context.given());
        Includes includes = new Includes(view, search, variables, language.repeated(), growth, report);
        return SpecText.decode(fileName, text, report)
                .flatMap(decoded -> YamlReader.read(fileName, decoded, language.repeated(), report))
                .flatMap(document -> includes.whole(fileName, document))
                .map(whole -> {
                    Spec spec = new SpecParts(whole.top(), whole.open(), context.bounds(), growth, report).read();
                    return new PlanMaker(spec, context, view, search, report).plan();
                });
    }
}
