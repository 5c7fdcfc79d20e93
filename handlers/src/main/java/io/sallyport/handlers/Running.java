package io.sallyport.handlers;

import io.sallyport.keys.Principal;
import java.util.Optional;

/** The place of one request among those that run, from the decision to the end of the answer. Used by one thread at a time. */
final class Running {
    private Optional<Pools.Place> place = Optional.empty();

    /** Takes a place; false when there is none. */
    boolean begin(Pools pools, Principal who) {
        place = pools.take(who);
        return place.isPresent();
    }

    /** Gives it back. Repeated calls do nothing. */
    void end() {
        place.ifPresent(Pools.Place::leave);
    }
}
