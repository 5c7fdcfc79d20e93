package io.sallyport.handlers;

import io.sallyport.keys.Access;
import io.sallyport.keys.Resource;
import io.sallyport.keys.Standing;
import io.sallyport.keys.Verb;
import java.util.function.Supplier;

/**
 * Asks the one access decision for the caller of a request, each time with the standing of that moment: for answers that
 * go on after the request was let in. Answers from memory. May be used from any thread.
 */
public final class Asker {
    private final Supplier<Standing> standing;

    /** For whoever has that standing when it is asked for. */
    public Asker(Supplier<Standing> standing) {
        this.standing = standing;
    }

    /** Whether the caller may do that now; whoever would not be let in any more may do nothing. */
    public boolean may(Verb verb, Resource what) {
        return switch (standing.get()) {
            case Standing.Known known ->
                Access.decide(known.principal(), verb, what).allowed();
            case Standing.Unknown unknown -> false;
        };
    }
}
