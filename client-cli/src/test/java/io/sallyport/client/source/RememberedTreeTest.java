package io.sallyport.client.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree that is remembered is the same whether it was written anew or what had not changed was copied. */
class RememberedTreeTest {
    private static final String BASE = "0123456789abcdef".repeat(4);
    private static final int PATHS = 60;

    private static RememberedTree of(RememberedTree before, List<TreeEntry> entries) {
        Comparison comparison = Comparison.of(entries, before);
        Map<String, Sha256> read = new HashMap<>();
        comparison.unread().forEach(file -> read.put(file.path(), digest(file)));
        RememberedTree.Entries now =
                before.entries().updated(comparison.listed(read), comparison.pieces(), Long.MAX_VALUE);
        return new RememberedTree("host 22 web", BASE, now);
    }

    private static Sha256 digest(TreeEntry entry) {
        return Sha256.of(Sha256.maker().digest((entry.path() + entry.modified()).getBytes(StandardCharsets.UTF_8)));
    }

    private static TreeEntry entry(int number, Random random) {
        String path = "d/%02d/é".formatted(number) + "x".repeat(number);
        long time = random.nextInt(3);
        return switch (random.nextInt(4)) {
            case 0 -> new TreeEntry.Folder(path, time);
            case 1 -> new TreeEntry.Link(path, "to/" + time, time);
            default -> new TreeEntry.RegularFile(path, time, time == 1, new TreeEntry.State(time, time, number));
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void afterAnyChanges(long seed) {
        Random random = new Random(seed);
        Map<String, TreeEntry> tree = new TreeMap<>();
        RememberedTree kept = RememberedTree.none();
        for (int round = 0; round < 200; round++) {
            for (int change = random.nextInt(5); change > 0; change--) {
                TreeEntry next = entry(random.nextInt(PATHS), random);
                if (random.nextInt(3) == 0) {
                    tree.remove(next.path());
                } else {
                    tree.put(next.path(), next);
                }
            }
            List<TreeEntry> entries = new ArrayList<>(tree.values());
            kept = of(kept, entries);
            assertArrayEquals(of(RememberedTree.none(), entries).bytes(), kept.bytes());
            assertTrue(Comparison.of(entries, RememberedTree.read(kept.bytes())).allAsBefore());
        }
    }

    @Test
    void aRunOfEntriesThatHaveNotChangedIsOnePiece() {
        List<TreeEntry> entries = new ArrayList<>();
        for (int i = 0; i < PATHS; i++) {
            entries.add(new TreeEntry.Folder("%02d".formatted(i), 1));
        }
        RememberedTree before = of(RememberedTree.none(), entries);
        entries.set(7, new TreeEntry.Folder("07", 2));
        entries.remove(20);
        assertEquals(4, Comparison.of(entries, before).pieces().size());
    }
}
