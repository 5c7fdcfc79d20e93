package io.sallyport.builds.spec.expression;

import io.sallyport.builds.regex.Effort;
import io.sallyport.builds.regex.Regex;
import io.sallyport.builds.spec.yaml.Halt;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.variable.Expansion;
import java.util.Optional;

/** Answers conditions. A variable holds when it has a value that is not empty. */
public final class Evaluation {
    /** What a character of a pattern takes to be read, as steps of a search. */
    private static final int STEPS_OF_READING = 10;

    private final Expansion variables;
    private final Effort patterns;
    private final Place place;
    private final Report report;

    /**
     * Answers them for these variables.
     *
     * @param patterns what all searches for patterns may take
     * @param place of the condition, where what goes wrong is reported
     */
    public Evaluation(Expansion variables, Effort patterns, Place place, Report report) {
        this.variables = variables;
        this.patterns = patterns;
        this.place = place;
        this.report = report;
    }

    /**
     * Whether it holds.
     *
     * @throws Halt when all searches for patterns have taken too long
     */
    public boolean holds(Expression expression) {
        return switch (expression) {
            case Expression.Variable variable ->
                !variables.value(variable.name()).orElse("").isEmpty();
            case Expression.Text text -> !text.text().isEmpty();
            case Expression.Nothing nothing -> false;
            case Expression.Pattern pattern -> true;
            case Expression.Same same -> same.negated() != text(same.left()).equals(text(same.right()));
            case Expression.Matches matches -> matches.negated() != matches(matches);
            case Expression.And and -> holds(and.left()) && holds(and.right());
            case Expression.Or or -> holds(or.left()) || holds(or.right());
            case Expression.Not not -> !holds(not.negated());
        };
    }

    private Optional<String> text(Expression expression) {
        return switch (expression) {
            case Expression.Variable variable -> variables.value(variable.name());
            case Expression.Text text -> Optional.of(text.text());
            case Expression.Nothing nothing -> Optional.empty();
            case Expression.Pattern pattern -> Optional.empty();
            case Expression.Same same -> answer(same);
            case Expression.Matches matches -> answer(matches);
            case Expression.And and -> answer(and);
            case Expression.Or or -> answer(or);
            case Expression.Not not -> answer(not);
        };
    }

    private Optional<String> answer(Expression expression) {
        return Optional.of(Boolean.toString(holds(expression)));
    }

    private boolean matches(Expression.Matches matches) {
        Optional<String> text = text(matches.left());
        Optional<Regex> regex = regex(matches.right());
        if (text.isEmpty() || regex.isEmpty()) {
            return false;
        }
        return switch (regex.get().search(text.get(), patterns)) {
            case Regex.Search.Found found -> true;
            case Regex.Search.Absent absent -> false;
            case Regex.Search.TooCostly costly -> {
                Halt.ifSpent(patterns, place);
                report.error(place, "the pattern takes too long on a text of this length");
                yield false;
            }
        };
    }

    private Optional<Regex> regex(Expression expression) {
        if (expression instanceof Expression.Pattern pattern) {
            return Optional.of(pattern.regex());
        }
        String text = text(expression).orElse("");
        patterns.take((long) STEPS_OF_READING * text.length());
        Halt.ifSpent(patterns, place);
        Optional<Regex.Reading> reading = Delimited.of(text).map(Delimited::read);
        if (reading.isPresent() && reading.get() instanceof Regex.Reading.Valid valid) {
            return Optional.of(valid.regex());
        }
        if (!text.isEmpty()) {
            report.notice(place, Shown.word(text) + " is no pattern such as /^v[0-9]/: nothing matches it");
        }
        return Optional.empty();
    }
}
