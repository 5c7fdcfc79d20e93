package io.sallyport.builds.spec.expression;

import io.sallyport.builds.regex.Regex;
import io.sallyport.builds.spec.expression.Token.Kind;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.List;
import java.util.Optional;

/**
 * Reads conditions, by descent. {@code !} binds closest, then the comparisons, {@code &&}, and {@code ||}, as in
 * GitLab.
 */
public final class ExpressionReader {
    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 50;

    private final List<Token> tokens;
    private int at;
    private int depth;

    private ExpressionReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The condition that is written there; empty when it is none, which is among the errors then. */
    public static Optional<Expression> read(String key, Value.Scalar written, Report report) {
        String text = written.text();
        try {
            if (text.length() > LONGEST) {
                throw new Mistake(0, "it is longer than " + LONGEST + " characters");
            }
            ExpressionReader reader = new ExpressionReader(Tokens.of(text));
            Expression whole = reader.or();
            reader.expect(Kind.END, "'&&', '||' or a comparison");
            return Optional.of(whole);
        } catch (Mistake mistake) {
            Place place = written.placeOf(mistake.offset());
            String where = written.inset() < 0 && mistake.offset() > 0
                    ? " (character " + (text.codePointCount(0, Math.min(mistake.offset(), text.length())) + 1)
                            + " of it)"
                    : "";
            report.error(place, key + ": " + mistake.reason() + where);
            return Optional.empty();
        }
    }

    private Expression or() {
        if (++depth > DEEPEST) {
            throw new Mistake(current().offset(), "parentheses are nested more than " + DEEPEST + " deep");
        }
        Expression left = and();
        while (take(Kind.OR)) {
            left = new Expression.Or(left, and());
        }
        depth--;
        return left;
    }

    private Expression and() {
        Expression left = comparison();
        while (take(Kind.AND)) {
            left = new Expression.And(left, comparison());
        }
        return left;
    }

    private Expression comparison() {
        Expression left = single();
        Token sign = current();
        return switch (sign.kind()) {
            case SAME, OTHER -> {
                at++;
                yield new Expression.Same(left, single(), sign.kind() == Kind.OTHER);
            }
            case MATCHES, MATCHES_NOT -> {
                at++;
                yield new Expression.Matches(left, pattern(sign), sign.kind() == Kind.MATCHES_NOT);
            }
            case VARIABLE, TEXT, PATTERN, NOTHING, AND, OR, NOT, OPEN, CLOSE, END -> left;
        };
    }

    /** A pattern, or a variable that has one. */
    private Expression pattern(Token sign) {
        Token token = current();
        if (token.kind() == Kind.TEXT) {
            Delimited pattern = Delimited.of(token.text())
                    .orElseThrow(() -> new Mistake(
                            token.offset(), "after '" + sign.text() + "' a pattern is expected, such as /^v[0-9]/"));
            at++;
            return regex(pattern, token.offset() + 1);
        }
        if (token.kind() != Kind.PATTERN && token.kind() != Kind.VARIABLE) {
            throw new Mistake(
                    token.offset(),
                    "after '" + sign.text() + "' a pattern is expected, such as /^v[0-9]/, found " + token.described());
        }
        return single();
    }

    private Expression single() {
        Token token = current();
        at++;
        return switch (token.kind()) {
            case NOT -> {
                if (++depth > DEEPEST) {
                    throw new Mistake(token.offset(), "'!' is nested more than " + DEEPEST + " deep");
                }
                Expression negated = single();
                depth--;
                yield new Expression.Not(negated);
            }
            case OPEN -> {
                Expression inner = or();
                expect(Kind.CLOSE, "')'");
                yield inner;
            }
            case VARIABLE -> new Expression.Variable(token.text());
            case TEXT -> new Expression.Text(token.text());
            case NOTHING -> new Expression.Nothing();
            case PATTERN -> regex(Delimited.of(token.text()).orElseThrow(), token.offset());
            case SAME, OTHER, MATCHES, MATCHES_NOT, AND, OR, CLOSE, END -> {
                at--;
                throw new Mistake(
                        token.offset(),
                        "a variable, a text in quotes or a pattern is expected, found " + token.described());
            }
        };
    }

    private static Expression regex(Delimited pattern, int offset) {
        return switch (Regex.read(pattern.pattern(), pattern.flags())) {
            case Regex.Reading.Valid valid -> new Expression.Pattern(valid.regex());
            case Regex.Reading.Invalid invalid ->
                throw new Mistake(offset + 1 + invalid.offset(), "in the pattern: " + invalid.reason());
        };
    }

    private Token current() {
        return tokens.get(at);
    }

    private boolean take(Kind kind) {
        boolean there = current().kind() == kind;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(Kind kind, String expected) {
        if (!take(kind)) {
            throw new Mistake(
                    current().offset(),
                    expected + " is expected, found " + current().described());
        }
    }
}
