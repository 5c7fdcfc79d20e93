package io.sallyport.builds.retention;

import java.util.List;
import java.util.Optional;

/**
 * What there is to say of a build besides its record.
 *
 * @param pin that keeps it
 * @param removals of what it has lost, the latest first
 */
public record Remains(Optional<Pin> pin, List<Removal> removals) {
    /** Of a build that is kept by nobody's word and has lost nothing. */
    public static final Remains ALL = new Remains(Optional.empty(), List.of());

    /** Keeps the list from changing. */
    public Remains {
        removals = List.copyOf(removals);
    }

    /** How it has lost something, the last time. */
    public Optional<Removal> lost(What what) {
        return removals.stream().filter(removal -> removal.what() == what).findFirst();
    }
}
