package io.sallyport.handlers.routes;

import io.sallyport.handlers.Problem;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.PublicKeyRecord;

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

    /** Whether the identity, changed like this, is an administrator who can still log in with one of its keys. */
    static boolean staysIn(IdentityStore identities, Identity changed) {
        return changed.isAdministrator()
                && (!changed.verifyRequired()
                        || identities.keys(changed.name()).stream().anyMatch(PublicKeyRecord::onSecurityKey));
    }

    static Problem problem() {
        return Problem.conflict("this is the last administrator; make another one first");
    }
}
