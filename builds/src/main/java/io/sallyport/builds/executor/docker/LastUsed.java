package io.sallyport.builds.executor.docker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is known of things that many come to know: of the thousand that were used last. Any thread. */
final class LastUsed<K, V> {
    private static final int MOST = 1000;

    private final Map<K, V> known = new LinkedHashMap<>(16, 0.75f, true) { // guarded by this
                @Override
                protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                    return size() > MOST;
                }
            };

    synchronized Optional<V> of(K thing) {
        return Optional.ofNullable(known.get(thing));
    }

    synchronized void put(K thing, V value) {
        known.put(thing, value);
    }
}
