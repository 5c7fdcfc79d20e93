package io.sallyport.builds.spec.rule;

import io.sallyport.builds.spec.expression.Evaluation;
import io.sallyport.builds.spec.expression.Expression;
import io.sallyport.builds.spec.expression.ExpressionReader;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.Optional;

/**
 * A condition over variables.
 *
 * @param text as written
 * @param expression what it means
 * @param place where it stands
 */
record Condition(String text, Expression expression, Place place) {
    static Optional<Condition> read(String key, Value value, Report report) {
        if (!(value instanceof Value.Scalar scalar) || scalar.isNothing()) {
            return Expected.mismatch(key, "a condition", value, report);
        }
        return ExpressionReader.read(key, scalar, report)
                .map(expression -> new Condition(scalar.text().strip(), expression, scalar.place()));
    }

    boolean holds(Situation situation) {
        return new Evaluation(situation.variables(), situation.patterns(), place, situation.report()).holds(expression);
    }
}
