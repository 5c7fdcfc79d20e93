package io.sallyport.keys;

import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The SQL of groups. Runs inside the transactions of the database's writer. */
final class GroupTables {
    /** Part of the schema's history, see {@link IdentityTables#MIGRATIONS}; never changed. */
    static final List<String> MADE = List.of(
            "CREATE TABLE identity_groups (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
            """
            CREATE TABLE group_members (
              identity_group TEXT NOT NULL REFERENCES identity_groups ON DELETE CASCADE,
              identity TEXT NOT NULL REFERENCES identities ON DELETE CASCADE,
              PRIMARY KEY (identity_group, identity)) STRICT, WITHOUT ROWID""",
            "CREATE INDEX group_members_by_identity ON group_members (identity)",
            """
            CREATE TABLE group_grants (
              identity_group TEXT NOT NULL REFERENCES identity_groups ON DELETE CASCADE, position INTEGER NOT NULL,
              effect TEXT NOT NULL, role TEXT NOT NULL, projects TEXT NOT NULL,
              PRIMARY KEY (identity_group, position)) STRICT, WITHOUT ROWID""");

    private GroupTables() {}

    /** Makes a group, or replaces it. */
    static void put(Connection connection, Group group) throws SQLException {
        remove(connection, group.name());
        Sql.update(connection, "INSERT INTO identity_groups (name) VALUES (?)", group.name());
        for (String member : group.members()) {
            Sql.update(
                    connection,
                    "INSERT INTO group_members (identity_group, identity) VALUES (?, ?)",
                    group.name(),
                    member);
        }
        int position = 0;
        for (Grant grant : group.grants()) {
            Sql.update(
                    connection,
                    "INSERT INTO group_grants (identity_group, position, effect, role, projects) VALUES (?, ?, ?, ?, ?)",
                    group.name(),
                    position++,
                    grant.effect().label(),
                    grant.role().label(),
                    grant.projects().text());
        }
    }

    static void remove(Connection connection, String name) throws SQLException {
        Sql.update(connection, "DELETE FROM identity_groups WHERE name = ?", name);
    }

    static GroupBook all(Connection connection) throws SQLException {
        Map<String, List<String>> members = new HashMap<>();
        Sql.list(
                connection,
                "SELECT identity_group, identity FROM group_members",
                row -> members.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                        .add(row.getString(2)));
        Map<String, List<Grant>> grants = new HashMap<>();
        Sql.list(
                connection,
                "SELECT identity_group, effect, role, projects FROM group_grants ORDER BY identity_group, position",
                row -> grants.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                        .add(IdentityTables.grant(row)));
        return new GroupBook(Sql.list(connection, "SELECT name FROM identity_groups", row -> {
            String name = row.getString(1);
            return new Group(name, members.getOrDefault(name, List.of()), grants.getOrDefault(name, List.of()));
        }));
    }
}
