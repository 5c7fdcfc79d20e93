package io.sallyport.builds.store;

import io.sallyport.builds.Build;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Somebody who records something of their own with each change of a build's state, so that both are on disk or none is. */
@FunctionalInterface
public interface StateWitness {
    /**
     * A build was recorded, or is in another state now. Called on the database's writer thread, within the transaction of
     * the change: must not wait for anything, and undoes the change by throwing.
     *
     * @param connection of that transaction
     * @param build as it is now
     * @param when it changed
     */
    void changed(Connection connection, Build build, Instant when) throws SQLException;
}
