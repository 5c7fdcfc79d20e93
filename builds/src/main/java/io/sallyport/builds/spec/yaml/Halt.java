package io.sallyport.builds.spec.yaml;

import io.sallyport.builds.regex.Effort;

/** Ends the reading of a spec at the first thing after which nothing else can be told, such as a bound. */
public final class Halt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final String reason;

    /** Ends it at that place. */
    public Halt(Place place, String reason) {
        super(reason, null, false, false);
        this.place = place;
        this.reason = reason;
    }

    /** Ends it when the searches for patterns of a spec have taken all that they may. */
    public static void ifSpent(Effort patterns, Place place) {
        if (patterns.isSpent()) {
            throw new Halt(place, "the patterns of the spec take too long, all together");
        }
    }

    /** Where. */
    public Place place() {
        return place;
    }

    /** Why, in words. */
    public String reason() {
        return reason;
    }
}
