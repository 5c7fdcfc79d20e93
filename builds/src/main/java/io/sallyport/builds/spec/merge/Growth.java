package io.sallyport.builds.spec.merge;

import io.sallyport.builds.spec.yaml.Halt;
import io.sallyport.builds.spec.yaml.Place;

/** How much a spec may become by what stands for more than itself: includes, {@code extends} and {@code !reference}. */
public final class Growth {
    /** The most values that putting the parts together may touch. */
    public static final int MOST = 500_000;

    private long values;

    /**
     * Counts values that are put together.
     *
     * @throws Halt when they are too many
     */
    void add(Place place, long count) {
        values += count;
        if (values > MOST) {
            throw new Halt(
                    place, "the spec has more than " + MOST + " values once 'extends' and '!reference' are resolved");
        }
    }
}
