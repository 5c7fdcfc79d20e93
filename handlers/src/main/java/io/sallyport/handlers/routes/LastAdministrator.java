package io.sallyport.handlers.routes;

import io.sallyport.handlers.Problem;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;

/** The last administrator stays: without one nobody could let anybody in again. */
final class LastAdministrator {
    private LastAdministrator() {}

    /** Whether nobody but the one of that name is an administrator. */
    static boolean wouldGo(IdentityStore identities, String name) {
        return identities.identity(name).filter(Identity::isAdministrator).isPresent()
                && identities.identities().stream()
                        .noneMatch(other ->
                                other.isAdministrator() && !other.name().equals(name));
    }

    static Problem problem() {
        return Problem.conflict("this is the last administrator; make another one first");
    }
}
