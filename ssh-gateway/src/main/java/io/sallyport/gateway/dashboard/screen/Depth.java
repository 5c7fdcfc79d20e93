package io.sallyport.gateway.dashboard.screen;

/** How many colours a terminal has. */
public enum Depth {
    /** None: only bold, dim, underlined and reversed. */
    MONO,
    /** The sixteen that its user has chosen. */
    SIXTEEN,
    /** The 256 of xterm. */
    PALETTE,
    /** All, by red, green and blue. */
    TRUE
}
