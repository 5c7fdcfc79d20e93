package io.sallyport.keys;

import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The SQL that makes one policy out of another. Runs inside one transaction of the database's writer. */
final class PolicyTables {
    private PolicyTables() {}

    /** Makes all changes; first what goes, so that a key can pass from one identity to another. */
    static void apply(Connection connection, PolicyChanges changes, long nowMillis) throws SQLException {
        for (PolicyChanges.Change<Policy.Entry> change : changes.identities()) {
            take(connection, change);
        }
        for (PolicyChanges.Change<Policy.Entry> change : changes.identities()) {
            if (change.after().isPresent()) {
                give(connection, change, change.after().get(), nowMillis);
            }
        }
        for (PolicyChanges.Change<Group> change : changes.groups()) {
            if (change.after().isPresent()) {
                GroupTables.put(connection, change.after().get());
            } else {
                GroupTables.remove(connection, change.before().orElseThrow().name());
            }
        }
    }

    private static void take(Connection connection, PolicyChanges.Change<Policy.Entry> change) throws SQLException {
        for (PolicyKey key : PolicyChanges.lost(change)) {
            IdentityTables.removeKey(connection, key.fingerprint());
        }
        if (change.after().isEmpty()) {
            IdentityTables.remove(connection, change.before().orElseThrow().name());
        }
    }

    private static void give(
            Connection connection, PolicyChanges.Change<Policy.Entry> change, Policy.Entry after, long nowMillis)
            throws SQLException {
        Optional<Identity> before = change.before().map(Policy.Entry::identity);
        if (!before.equals(Optional.of(after.identity()))) {
            IdentityTables.put(connection, after.identity());
        }
        for (PolicyKey key : PolicyChanges.gained(change)) {
            IdentityTables.addKey(connection, key.heldBy(after.name(), nowMillis));
        }
        for (PolicyKey key : PolicyChanges.renamed(change)) {
            Sql.update(
                    connection, "UPDATE keys SET comment = ? WHERE fingerprint = ?", key.comment(), key.fingerprint());
        }
    }
}
