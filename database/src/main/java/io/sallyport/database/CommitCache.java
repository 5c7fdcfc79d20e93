package io.sallyport.database;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Values that were read since the last commit, so that who asks again and again while nothing changes is not answered by
 * the database each time. A commit, whatever it has changed, takes all of them away, and while one is under way none is used: who has seen
 * anything of a commit, by whatever way, does not read here what was before it. Any thread may use it.
 *
 * @param <K> what is asked for
 * @param <V> what is read; never changed by anybody
 */
public final class CommitCache<K, V> {
    private final Database database;
    private final int most;
    private volatile Known<K, V> known = new Known<>(-1, Map.of());

    /** What was read between two commits. */
    private record Known<K, V>(long turn, Map<K, V> values) {}

    /**
     * Of a database.
     *
     * @param most values that are kept; further ones are read each time
     */
    public CommitCache(Database database, int most) {
        this.database = database;
        this.most = most;
    }

    /**
     * The value.
     *
     * @param read reads it from the database, if need be
     */
    public V get(K key, Function<K, V> read) {
        long turn = database.turn();
        if (turn % 2 != 0) {
            return read.apply(key);
        }
        Known<K, V> now = known;
        if (now.turn() != turn) {
            now = new Known<>(turn, new ConcurrentHashMap<>());
            known = now;
        }
        V value = now.values().get(key);
        if (value == null) {
            value = read.apply(key);
            // If a commit has begun meanwhile, nobody knows on which side of it this was read.
            if (database.turn() == turn && now.values().size() < most) {
                now.values().put(key, value);
            }
        }
        return value;
    }
}
