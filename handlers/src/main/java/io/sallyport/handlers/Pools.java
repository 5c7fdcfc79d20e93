package io.sallyport.handlers;

import io.sallyport.keys.Identity;
import io.sallyport.keys.Principal;
import java.util.Optional;

/**
 * Places for people and for bots apart, so that neither can take the other's, and a reserve for administrators, who can
 * then still see what goes on and stop it. May be used by any thread; never blocks for long.
 */
public final class Pools {
    private final Sizes sizes;
    private int people; // guarded by this, like what follows
    private int bots;
    private int reserve;

    /** All places are free. */
    public Pools(Sizes sizes) {
        this.sizes = sizes;
    }

    /**
     * How many places there are.
     *
     * @param people for identities of the kind person
     * @param bots for all others
     * @param reserve for administrators who find no other place
     */
    public record Sizes(int people, int bots, int reserve) {
        /** All places together. */
        public int total() {
            return people + bots + reserve;
        }
    }

    /** A place that is taken. */
    public final class Place {
        private final Pool pool;
        private boolean left; // guarded by the pools

        private Place(Pool pool) {
            this.pool = pool;
        }

        /** Gives the place back. Repeated calls do nothing. */
        public void leave() {
            synchronized (Pools.this) {
                if (!left) {
                    left = true;
                    count(pool, -1);
                }
            }
        }
    }

    private enum Pool {
        PEOPLE,
        BOTS,
        RESERVE
    }

    /** Takes a place for somebody; empty when all that they may have are taken. */
    public synchronized Optional<Place> take(Principal who) {
        boolean person = who.identity().kind() == Identity.Kind.PERSON;
        Optional<Place> place =
                person ? take(Pool.PEOPLE, people, sizes.people()) : take(Pool.BOTS, bots, sizes.bots());
        return place.isEmpty() && who.isAdministrator() ? take(Pool.RESERVE, reserve, sizes.reserve()) : place;
    }

    private Optional<Place> take(Pool pool, int taken, int size) {
        if (taken >= size) {
            return Optional.empty();
        }
        count(pool, 1);
        return Optional.of(new Place(pool));
    }

    private void count(Pool pool, int change) {
        switch (pool) {
            case PEOPLE -> people += change;
            case BOTS -> bots += change;
            case RESERVE -> reserve += change;
        }
    }
}
