package io.sallyport.keys;

import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The SQL that makes one policy out of another. Runs inside one transaction of the database's writer. */
final class PolicyTables {
    private PolicyTables() {}

    /** Makes and tells all changes; first what goes, so that a key can pass from one identity to another. */
    static void apply(Connection connection, PolicyChanges changes, long nowMillis, String by) throws SQLException {
        for (PolicyChanges.Change<Policy.Entry> change : changes.identities()) {
            take(connection, change, by);
        }
        for (PolicyChanges.Change<Policy.Entry> change : changes.identities()) {
            if (change.after().isPresent()) {
                give(connection, change, change.after().get(), nowMillis, by);
            }
        }
        for (PolicyChanges.Change<Group> change : changes.groups()) {
            group(connection, change, by);
        }
    }

    private static void group(Connection connection, PolicyChanges.Change<Group> change, String by)
            throws SQLException {
        if (change.after().isPresent()) {
            Group after = change.after().get();
            GroupTables.put(connection, after);
            boolean fresh = change.before().isEmpty();
            KeyChange.Kind kind = fresh ? KeyChange.Kind.GROUP_CREATED : KeyChange.Kind.GROUP_CHANGED;
            Outbox.put(connection, KeyChange.group(kind, after, by));
        } else {
            String name = change.before().orElseThrow().name();
            GroupTables.remove(connection, name);
            Outbox.put(connection, KeyChange.groupRemoved(name, by));
        }
    }

    private static void take(Connection connection, PolicyChanges.Change<Policy.Entry> change, String by)
            throws SQLException {
        for (PolicyKey key : PolicyChanges.lost(change)) {
            IdentityTables.removeKey(connection, key.fingerprint());
            HeldKey held = key.heldBy(change.before().orElseThrow().name(), 0);
            Outbox.put(connection, KeyChange.key(KeyChange.Kind.KEY_REMOVED, held, by));
        }
        if (change.after().isEmpty()) {
            String name = change.before().orElseThrow().name();
            IdentityTables.remove(connection, name);
            Outbox.put(connection, KeyChange.identityRemoved(name, by));
        }
    }

    private static void give(
            Connection connection,
            PolicyChanges.Change<Policy.Entry> change,
            Policy.Entry after,
            long nowMillis,
            String by)
            throws SQLException {
        Optional<Identity> before = change.before().map(Policy.Entry::identity);
        if (!before.equals(Optional.of(after.identity()))) {
            IdentityTables.put(connection, after.identity());
            KeyChange.Kind kind = before.isEmpty() ? KeyChange.Kind.IDENTITY_CREATED : KeyChange.Kind.IDENTITY_CHANGED;
            Outbox.put(connection, KeyChange.identity(kind, after.identity(), by));
        }
        for (PolicyKey key : PolicyChanges.gained(change)) {
            HeldKey held = key.heldBy(after.name(), nowMillis);
            IdentityTables.addKey(connection, held);
            Outbox.put(connection, KeyChange.key(KeyChange.Kind.KEY_ADDED, held, by));
        }
        for (PolicyKey key : PolicyChanges.renamed(change)) {
            Sql.update(
                    connection, "UPDATE keys SET comment = ? WHERE fingerprint = ?", key.comment(), key.fingerprint());
        }
    }
}
