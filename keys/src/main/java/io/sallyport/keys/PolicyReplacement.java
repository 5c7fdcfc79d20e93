package io.sallyport.keys;

import io.sallyport.database.Database;
import io.sallyport.keys.IdentityStore.Replaced;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One policy that is to take another's place, step by step. All steps are taken under the store's lock. */
final class PolicyReplacement {
    private final Policy before;
    private final Policy after;
    private final PolicyChanges changes;
    private final String by;

    PolicyReplacement(Policy before, Policy after, String by) {
        this.before = before;
        this.after = after;
        this.changes = before.changesTo(after);
        this.by = by;
    }

    /** Why it cannot be, given what is in force; empty when it can. */
    Optional<Replaced> refusal(Policy inForce, DeployKeys deployKeys) {
        if (!inForce.equals(before)) {
            return Optional.of(new Replaced.ChangedMeanwhile());
        }
        if (!after.hasAdministrator()) {
            return Optional.of(new Replaced.NoAdministrator());
        }
        return after.identities().stream()
                .flatMap(entry -> entry.keys().stream())
                .flatMap(key -> deployKeys.find(key.fingerprint()).stream()
                        .map(other -> new Replaced.Taken(key, other.identity())))
                .<Replaced>map(taken -> taken)
                .findFirst();
    }

    /** All of it in one transaction; the answer is what is on disk then, and nothing else. */
    IdentityMemory write(Database database) {
        return database.write(connection -> {
            PolicyTables.apply(connection, changes, System.currentTimeMillis(), by);
            return IdentityMemory.load(connection);
        });
    }

    /** The keys, also deploy keys, that let nobody in any more. For when all look-ups go to the new policy. */
    List<String> shutOut(SqliteDeployKeys deployKeys) {
        List<String> gone = new ArrayList<>();
        for (PolicyChanges.Change<Policy.Entry> change : changes.identities()) {
            PolicyChanges.lost(change).forEach(key -> gone.add(key.fingerprint()));
            if (change.after().isEmpty()) {
                deployKeys.orphan(change.before().orElseThrow().name()).forEach(key -> gone.add(key.fingerprint()));
            } else if (change.after().get().identity().locked()) {
                Policy.Entry locked = change.after().get();
                locked.keys().forEach(key -> gone.add(key.fingerprint()));
                deployKeys.madeBy(locked.name()).forEach(key -> gone.add(key.fingerprint()));
            }
        }
        return gone;
    }
}
