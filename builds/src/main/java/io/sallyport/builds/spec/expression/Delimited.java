package io.sallyport.builds.spec.expression;

import io.sallyport.builds.regex.Regex;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern as it stands between slashes. */
public record Delimited(String pattern, String flags) {
    private static final Pattern FORM = Pattern.compile("/(.*)/([a-zA-Z]*)", Pattern.DOTALL);

    /** What stands between the slashes, and the letters behind them; empty when the text has no slashes around it. */
    public static Optional<Delimited> of(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new Delimited(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** The pattern, read. */
    public Regex.Reading read() {
        return Regex.read(pattern, flags);
    }
}
