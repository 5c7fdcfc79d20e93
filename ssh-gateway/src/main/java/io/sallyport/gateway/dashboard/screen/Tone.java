package io.sallyport.gateway.dashboard.screen;

/**
 * What something is shown as. Colours are of the sixteen that the terminal's user has chosen, so that they can be read on any
 * background; none says what the words do not say.
 */
public enum Tone {
    /** Most of it. */
    PLAIN(Style.PLAIN),
    /** What matters less. */
    QUIET(Style.PLAIN.with(Style.DIM)),
    /** What matters more. */
    STRONG(Style.PLAIN.with(Style.BOLD)),
    /** A heading. */
    HEADING(Style.PLAIN.in(6).with(Style.BOLD)),
    /** The first and the last line. */
    BAR(Style.PLAIN.with(Style.REVERSED)),
    /** A key that can be pressed. */
    KEY(Style.PLAIN.in(6).with(Style.BOLD)),
    /** What is under way. */
    BUSY(Style.PLAIN.in(4).with(Style.BOLD)),
    /** What has gone well. */
    GOOD(Style.PLAIN.in(2)),
    /** What has gone wrong. */
    BAD(Style.PLAIN.in(1).with(Style.BOLD)),
    /** What waits, or was ended by somebody. */
    WAITING(Style.PLAIN.in(3)),
    /** Where the keys go. */
    CHOSEN(Style.PLAIN.with(Style.REVERSED)),
    /** What was looked for. */
    FOUND(Style.PLAIN.in(3).with(Style.REVERSED));

    private final Style style;

    Tone(Style style) {
        this.style = style;
    }

    /** How it looks. */
    public Style style() {
        return style;
    }
}
