package io.sallyport.builds.spec.yaml;

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

    /** Where. */
    public Place place() {
        return place;
    }

    /** Why, in words. */
    public String reason() {
        return reason;
    }
}
