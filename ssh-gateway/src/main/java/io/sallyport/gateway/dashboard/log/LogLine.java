package io.sallyport.gateway.dashboard.log;

import io.sallyport.gateway.dashboard.screen.Style;
import java.util.List;

/**
 * A line, or the beginning of one that is too long.
 *
 * @param offset of its first byte in the log of the whole build
 * @param job empty for the build as a whole
 * @param stream out, err or system
 * @param text without any control character
 * @param runs parts of the text that have a style of their own, in order; none for most lines
 * @param whole whether its end has come
 */
public record LogLine(long offset, String job, String stream, String text, List<Run> runs, boolean whole) {
    /**
     * A part of the text.
     *
     * @param from index of its first character
     * @param to index behind its last
     */
    public record Run(int from, int to, Style style) {}

    /** What it costs to hold it, in characters. */
    int cost() {
        return 64 + text.length() + 32 * runs.size();
    }
}
