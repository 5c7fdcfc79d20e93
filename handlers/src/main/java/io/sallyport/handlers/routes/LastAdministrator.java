package io.sallyport.handlers.routes;

import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Response;

/** The last administrator stays: without one nobody could let anybody in again. */
final class LastAdministrator {
    private LastAdministrator() {}

    /** What is said to who would change that. */
    static Response stays() {
        return new Response.Failed(Problem.conflict("this would take away the last administrator who can log in with a"
                + " key; make another one first, with a key"));
    }
}
