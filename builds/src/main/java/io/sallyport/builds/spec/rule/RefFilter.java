package io.sallyport.builds.spec.rule;

import io.sallyport.builds.regex.Regex;
import io.sallyport.builds.spec.expression.Delimited;
import io.sallyport.builds.spec.yaml.Halt;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.variable.Expansion;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of {@code only: refs} or {@code except: refs}: a word for a kind of build, the name of a branch or tag, or
 * a pattern of such; possibly of one project only.
 *
 * @param text as written
 * @param place where
 * @param name word or name; the text of a pattern
 * @param pattern when it is one
 * @param project its path, when one is named
 */
record RefFilter(String text, Place place, String name, Optional<Regex> pattern, Optional<String> project) {
    private static final Map<String, String> SOURCES = Map.of(
            "pushes", "push",
            "web", "web",
            "schedules", "schedule",
            "api", "api",
            "triggers", "trigger",
            "pipelines", "pipeline",
            "merge_requests", "merge_request_event",
            "external", "external",
            "external_pull_requests", "external_pull_request_event",
            "chat", "chat");

    static Optional<RefFilter> read(String key, String text, Place place, Report report) {
        int at = text.lastIndexOf('@');
        boolean isPattern = text.startsWith("/");
        boolean ofProject = at > 0 && (!isPattern || text.substring(0, at).matches("(?s)/.*/[a-zA-Z]*"));
        String name = ofProject ? text.substring(0, at) : text;
        Optional<String> project = ofProject ? Optional.of(text.substring(at + 1)) : Optional.empty();
        if (!isPattern) {
            return Optional.of(new RefFilter(text, place, name, Optional.empty(), project));
        }
        Optional<Delimited> pattern = Delimited.of(name);
        if (pattern.isEmpty()) {
            report.error(place, key + ": a pattern without its closing /");
            return Optional.empty();
        }
        return switch (pattern.get().read()) {
            case Regex.Reading.Valid valid ->
                Optional.of(new RefFilter(text, place, name, Optional.of(valid.regex()), project));
            case Regex.Reading.Invalid invalid -> {
                report.error(
                        place, key + ": in the pattern, character " + (invalid.offset() + 1) + ": " + invalid.reason());
                yield Optional.empty();
            }
        };
    }

    boolean matches(Situation situation) {
        Expansion variables = situation.variables();
        if (project.isPresent() && !project.equals(variables.value("CI_PROJECT_PATH"))) {
            return false;
        }
        Optional<String> branch = variables.value("CI_COMMIT_BRANCH");
        Optional<String> tag = variables.value("CI_COMMIT_TAG");
        if (name.equals("branches") || name.equals("tags")) {
            return name.equals("tags") ? tag.isPresent() : branch.isPresent();
        }
        String source = SOURCES.get(name);
        if (source != null) {
            return variables.value("CI_PIPELINE_SOURCE").equals(Optional.of(source));
        }
        Optional<String> ref = branch.or(() -> tag);
        return ref.isPresent()
                && pattern.map(regex -> matches(regex, ref.get(), situation))
                        .orElseGet(() -> ref.get().equals(variables.expand(name)));
    }

    private boolean matches(Regex regex, String ref, Situation situation) {
        return switch (regex.search(ref, situation.patterns())) {
            case Regex.Search.Found found -> true;
            case Regex.Search.Absent absent -> false;
            case Regex.Search.TooCostly costly -> {
                Halt.ifSpent(situation.patterns(), place);
                situation.report().error(place, "the pattern takes too long on a name of this length");
                yield false;
            }
        };
    }
}
