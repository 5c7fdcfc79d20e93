package io.sallyport.keys;

import io.sallyport.database.Database;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** Groups beside the identities: in their file, under their lock, in their memory. */
final class SqliteGroups implements Groups {
    private final Database database;
    private final ReentrantLock changing;
    private final Supplier<IdentityMemory> memory;
    private final Function<String, Optional<String>> makers;

    /** With these, the maker of a deploy key is found by the key's identity. */
    SqliteGroups(
            Database database,
            ReentrantLock changing,
            Supplier<IdentityMemory> memory,
            Function<String, Optional<String>> makers) {
        this.database = database;
        this.changing = changing;
        this.memory = memory;
        this.makers = makers;
    }

    @Override
    public Optional<Group> find(String name) {
        return memory.get().groups().find(name);
    }

    @Override
    public List<Group> all() {
        return memory.get().groups().all();
    }

    @Override
    public List<Group> of(String identity) {
        GroupBook now = memory.get().groups();
        return DeployKey.isIdentity(identity)
                ? makers.apply(identity).map(now::of).orElse(List.of())
                : now.of(identity);
    }

    @Override
    public Put put(Group group, String by) {
        changing.lock();
        try {
            IdentityMemory now = memory.get();
            boolean fresh = now.groups().find(group.name()).isEmpty();
            GroupBook after = now.groups().with(group);
            Optional<Put> refusal = refusal(group, now, after);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            KeyChange.Kind kind = fresh ? KeyChange.Kind.GROUP_CREATED : KeyChange.Kind.GROUP_CHANGED;
            database.write(connection -> {
                GroupTables.put(connection, group);
                Outbox.put(connection, KeyChange.group(kind, group, by));
                return group;
            });
            now.groups(after);
            return new Put.Stored(fresh);
        } finally {
            changing.unlock();
        }
    }

    private static Optional<Put> refusal(Group group, IdentityMemory now, GroupBook after) {
        List<String> strangers = group.members().stream()
                .filter(member -> now.identity(member).isEmpty())
                .toList();
        if (!strangers.isEmpty()) {
            return Optional.of(new Put.NoIdentities(strangers));
        }
        if (after.all().size() > MOST) {
            return Optional.of(new Put.TooMany("groups", MOST));
        }
        if (after.memberships() > MOST_MEMBERSHIPS) {
            return Optional.of(new Put.TooMany("members of all groups together", MOST_MEMBERSHIPS));
        }
        return now.losesAdministrators(after) ? Optional.of(new Put.LastAdministrator()) : Optional.empty();
    }

    @Override
    public Changed remove(String name, String by) {
        changing.lock();
        try {
            IdentityMemory now = memory.get();
            if (now.groups().find(name).isEmpty()) {
                return Changed.ABSENT;
            }
            GroupBook after = now.groups().without(name);
            if (now.losesAdministrators(after)) {
                return Changed.LAST_ADMINISTRATOR;
            }
            database.write(connection -> {
                GroupTables.remove(connection, name);
                Outbox.put(connection, KeyChange.groupRemoved(name, by));
                return name;
            });
            now.groups(after);
            return Changed.DONE;
        } finally {
            changing.unlock();
        }
    }
}
