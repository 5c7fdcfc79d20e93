package io.sallyport.builds.engine;

import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.regex.Effort;
import io.sallyport.builds.regex.Regex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hands on what a job prints, and looks for the coverage of its tests in the end of that: the last line that the spec's
 * pattern matches, and in the last match the first number (GitLab's CI/CD YAML syntax reference, {@code coverage}).
 */
final class CoverageTap implements JobOutput {
    /** So much of the end is looked at. */
    static final int LOOKED_AT = 1 << 20;

    /** What looking takes at most: a second or so. */
    private static final long MOST_STEPS = 50_000_000;

    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*[mK]");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
    private static final double WHOLE = 100;

    private final JobOutput output;
    private final byte[] end = new byte[LOOKED_AT];
    private long printed; // this and the bytes: guarded by this

    CoverageTap(JobOutput output) {
        this.output = output;
    }

    @Override
    public void out(ByteBuffer bytes) throws IOException {
        keep(bytes.duplicate());
        output.out(bytes);
    }

    @Override
    public void err(ByteBuffer bytes) throws IOException {
        keep(bytes.duplicate());
        output.err(bytes);
    }

    @Override
    public void system(String line) throws IOException {
        output.system(line);
    }

    /** What the pattern finds; nothing as well when it is none, which {@code told} is told. */
    OptionalDouble coverage(String pattern, JobOutput told) throws IOException {
        return switch (Regex.read(pattern, "")) {
            case Regex.Reading.Valid valid -> last(valid.regex(), told);
            case Regex.Reading.Invalid invalid -> {
                told.system("WARNING: coverage: the pattern cannot be read: " + invalid.reason());
                yield OptionalDouble.empty();
            }
        };
    }

    private OptionalDouble last(Regex regex, JobOutput told) throws IOException {
        Effort effort = new Effort(MOST_STEPS);
        List<String> lines = COLOURS.matcher(text()).replaceAll("").lines().toList();
        for (String line : lines.reversed()) {
            Optional<Matcher> number =
                    lastMatch(regex, line, effort).map(NUMBER::matcher).filter(Matcher::find);
            if (effort.isSpent()) {
                told.system("WARNING: coverage: the pattern takes too long on what the job has printed");
                return OptionalDouble.empty();
            }
            if (number.isPresent()) {
                double percent = Double.parseDouble(number.get().group());
                return percent <= WHOLE ? OptionalDouble.of(percent) : OptionalDouble.empty();
            }
        }
        return OptionalDouble.empty();
    }

    private static Optional<String> lastMatch(Regex regex, String line, Effort effort) {
        Optional<String> last = Optional.empty();
        int from = 0;
        while (from <= line.length()) {
            switch (regex.search(line, from, effort)) {
                case Regex.Search.Found(int start, int to, var group) -> {
                    last = Optional.of(group.orElse(line.substring(start, to)));
                    from = Math.max(to, start + 1);
                }
                case Regex.Search.Absent absent -> from = line.length() + 1;
                case Regex.Search.TooCostly costly -> {
                    effort.spend();
                    from = line.length() + 1;
                }
            }
        }
        return last;
    }

    private synchronized void keep(ByteBuffer bytes) {
        printed += Math.max(0, bytes.remaining() - LOOKED_AT);
        bytes.position(bytes.limit() - Math.min(bytes.remaining(), LOOKED_AT));
        while (bytes.hasRemaining()) {
            int at = (int) (printed % LOOKED_AT);
            int length = Math.min(bytes.remaining(), LOOKED_AT - at);
            bytes.get(end, at, length);
            printed += length;
        }
    }

    private synchronized String text() {
        int at = (int) (printed % LOOKED_AT);
        if (printed <= LOOKED_AT) {
            return new String(end, 0, (int) printed, StandardCharsets.UTF_8);
        }
        byte[] whole = new byte[LOOKED_AT];
        System.arraycopy(end, at, whole, 0, LOOKED_AT - at);
        System.arraycopy(end, 0, whole, LOOKED_AT - at, at);
        return new String(whole, StandardCharsets.UTF_8);
    }
}
