package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What it costs to have all keys in memory; docs/performance.md has what was measured of a gateway. */
class IdentityMemoryTest {
    private static final int IDENTITIES = 2_000;
    private static final int KEYS_OF_EACH = 10;
    private static final int MOST_BYTES = 500;

    @Test
    void aKeyTakesAFewHundredBytes() {
        KeyMill mill = new KeyMill(11);
        String[] lines = new String[IDENTITIES * KEYS_OF_EACH];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = mill.next();
        }
        long before = used();
        IdentityMemory memory = new IdentityMemory();
        for (int i = 0; i < lines.length; i++) {
            String name = "person" + i / KEYS_OF_EACH;
            if (i % KEYS_OF_EACH == 0) {
                memory.put(new Identity(
                        name,
                        Identity.Kind.PERSON,
                        List.of(Grant.allow(Role.BUILDER, new ProjectGlob("team/" + i))),
                        false));
            }
            KeyBlob blob = KeyBlob.ofLine(lines[i]);
            memory.add(new HeldKey(blob.fingerprint(), name, blob, name + "@laptop", i));
        }

        long each = (used() - before) / lines.length;

        assertTrue(each < MOST_BYTES, () -> each + " bytes");
        KeyBlob last = KeyBlob.ofLine(lines[lines.length - 1]);
        assertEquals("person1999", memory.key(last.fingerprint()).orElseThrow().identity());
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
