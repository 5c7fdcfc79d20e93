package io.sallyport.gateway.dashboard.view;

import io.sallyport.gateway.dashboard.screen.Tone;

/**
 * How the state of a build or a job is shown.
 *
 * @param glyph one character
 */
record Sign(String glyph, Tone tone) {
    static Sign of(String state) {
        return switch (state) {
            case "running" -> new Sign("●", Tone.BUSY);
            case "succeeded" -> new Sign("✓", Tone.GOOD);
            case "failed", "timedout", "errored" -> new Sign("✗", Tone.BAD);
            case "canceled" -> new Sign("⊘", Tone.WAITING);
            case "manual" -> new Sign("▶", Tone.WAITING);
            case "delayed" -> new Sign("◐", Tone.WAITING);
            case "skipped" -> new Sign("–", Tone.QUIET);
            default -> new Sign("○", Tone.QUIET);
        };
    }
}
