package io.sallyport.builds.spec.expression;

import io.sallyport.builds.regex.Regex;

/** A condition over variables, as it was written. */
public sealed interface Expression {
    /** The value of a variable; nothing when it is not defined. */
    record Variable(String name) implements Expression {}

    /** A text in quotes; variables in it are none. */
    record Text(String text) implements Expression {}

    /** {@code null}. */
    record Nothing() implements Expression {}

    /** {@code /pattern/flags}. */
    record Pattern(Regex regex) implements Expression {}

    /** Whether both are the same, or are not. */
    record Same(Expression left, Expression right, boolean negated) implements Expression {}

    /**
     * Whether a pattern matches somewhere in a text, or does not.
     *
     * @param right a pattern, or what has one as its value
     */
    record Matches(Expression left, Expression right, boolean negated) implements Expression {}

    /** Whether both hold. */
    record And(Expression left, Expression right) implements Expression {}

    /** Whether one holds. */
    record Or(Expression left, Expression right) implements Expression {}

    /** Whether it does not hold. */
    record Not(Expression negated) implements Expression {}
}
