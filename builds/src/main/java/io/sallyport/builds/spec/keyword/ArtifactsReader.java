package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.KeepWhen;
import io.sallyport.builds.plan.Reports;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads which files are kept, and which of them are reports. */
public final class ArtifactsReader {
    private static final List<String> KEYS =
            List.of("paths", "exclude", "untracked", "when", "name", "expire_in", "reports");
    private static final List<String> IGNORED = List.of("expose_as", "access", "public");
    private static final List<String> REPORTS = List.of("junit", "dotenv");
    private static final String NEVER = "never";

    private ArtifactsReader() {}

    /** What is kept of a job's files. */
    public record Kept(ArtifactRules rules, Reports reports) {
        /** Nothing. */
        public static final Kept NOTHING = new Kept(ArtifactRules.NONE, Reports.NONE);
    }

    /** What {@code artifacts} says. */
    public static Kept read(String key, Value value, Report report) {
        Optional<Value.Fields> fields = Expected.fields(key, value, report);
        if (fields.isEmpty()) {
            return Kept.NOTHING;
        }
        Value.Fields map = fields.get();
        for (String ignored : IGNORED) {
            map.field(ignored)
                    .ifPresent(field -> report.notice(field.place(), key + ": '" + ignored + "' changes nothing here"));
        }
        Expected.onlyKeys(key, map.without(IGNORED), KEYS, report);
        ArtifactRules rules = new ArtifactRules(
                map.given("paths")
                        .map(paths -> Paths.read(key + ".paths", paths, report))
                        .orElse(List.of()),
                map.given("exclude")
                        .map(paths -> Paths.read(key + ".exclude", paths, report))
                        .orElse(List.of()),
                map.given("untracked")
                        .flatMap(flag -> Expected.flag(key + ".untracked", flag, report))
                        .orElse(false),
                map.given("when")
                        .flatMap(word -> when(key + ".when", word, report))
                        .orElse(KeepWhen.ON_SUCCESS),
                map.given("name").flatMap(name -> Expected.text(key + ".name", name, report)),
                map.given("expire_in").flatMap(time -> expiry(key + ".expire_in", time, report)));
        return new Kept(
                rules,
                map.given("reports")
                        .map(reports -> reports(key + ".reports", reports, report))
                        .orElse(Reports.NONE));
    }

    /** After which end of a script something is kept. */
    static Optional<KeepWhen> when(String key, Value value, Report report) {
        return Words.read(key, value, List.of(KeepWhen.values()), report);
    }

    private static Optional<Duration> expiry(String key, Value value, Report report) {
        if (value instanceof Value.Scalar scalar
                && scalar.text().strip().toLowerCase(Locale.ROOT).equals(NEVER)) {
            return Optional.of(ArtifactRules.FOR_EVER);
        }
        return Times.read(key, value, report)
                .map(time -> time.compareTo(ArtifactRules.FOR_EVER) > 0 ? ArtifactRules.FOR_EVER : time);
    }

    private static Reports reports(String key, Value value, Report report) {
        Optional<Value.Fields> fields = Expected.fields(key, value, report);
        fields.ifPresent(map -> map.without(REPORTS)
                .fields()
                .forEach(field -> report.notice(
                        field.place(),
                        key + ": reports of the kind '" + field.name()
                                + "' are not read here; paths keeps the file as an artifact")));
        return new Reports(report(key, "junit", fields, report), report(key, "dotenv", fields, report));
    }

    private static List<String> report(String key, String kind, Optional<Value.Fields> fields, Report report) {
        return fields.flatMap(map -> map.given(kind))
                .map(paths -> Paths.oneOrMore(key + "." + kind, paths, report))
                .orElse(List.of());
    }
}
