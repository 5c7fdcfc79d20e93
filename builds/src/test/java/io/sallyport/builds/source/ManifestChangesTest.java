package io.sallyport.builds.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources as changes of the manifest that an earlier build was made of. */
class ManifestChangesTest {
    private static final String SPEC = "script: [\"true\"]\n";

    @TempDir
    private Path folder;

    private Door door;
    private String old;

    @BeforeEach
    void buildOfAManifest() throws Exception {
        door = new Door(folder);
        old = manifest(file(".sallyport.yml", SPEC), file("a", "a"), file("b/c", "c"));
        door.accept(join(old, tar(SPEC, "a", "c")));
        door.files.built(digest(old), "ann");
    }

    @Test
    void theSourceIsTheManifestThatTheChangesMake() throws Exception {
        String changes = changes(digest(old), 3, file("a", "other"), "-\tb/c\n", file("d", "d"));
        String all = manifest(file(".sallyport.yml", SPEC), file("a", "other"), file("d", "d"));

        Source source = door.accept(join(changes, tar("other", "d")));

        assertEquals(SourceKind.MANIFEST, source.kind());
        assertEquals(digest(all), source.blob().digest());
        assertEquals(all, Files.readString(door.blobs.file(digest(all)).orElseThrow()));
        assertEquals(3, source.entries());
        assertEquals(SPEC.length() + "other".length() + 1, source.unpackedBytes());
    }

    @Test
    void noChangeAtAllIsTheSameManifest() throws Exception {
        Source source = door.accept(changes(digest(old), 3).getBytes(UTF_8));

        assertEquals(digest(old), source.blob().digest());
    }

    @Test
    void aFileMayBecomeAFolderAndTheOtherWayRound() throws Exception {
        String changes =
                changes(digest(old), 4, "040000\t86400\ta\n", file("a/x", "a"), "-\tb/c\n", "120000\t86400\ta/x\tb\n");

        assertEquals(4, door.accept(changes.getBytes(UTF_8)).entries());
    }

    @Test
    void onlyTheSourceOfABuildOfTheProjectIsABase() throws Exception {
        String kept = manifest(file(".sallyport.yml", SPEC), file("a", "a"));
        door.intake.know("ann", new ByteArrayInputStream(kept.getBytes(UTF_8)), Door.LIMITS, door.files);

        for (Digest none : List.of(digest("unknown"), digest(kept), digest("a"))) {
            assertEquals(
                    new Refusal.NoBase(none),
                    door.refuse(changes(none, 2, file("a", "c")).getBytes(UTF_8)));
        }
    }

    @Test
    void aBaseWhoseBytesAreGoneIsNone() throws Exception {
        door.blobs.delete(digest(old));

        assertEquals(
                new Refusal.NoBase(digest(old)),
                door.refuse(changes(digest(old), 3).getBytes(UTF_8)));
    }

    @Test
    void filesThatTheChangesNameMustBeThereOrCome() throws Exception {
        String changes = changes(digest(old), 3, file("a", "new"));

        assertEquals(new Refusal.MissingFiles(1, List.of(digest("new"))), door.refuse(changes.getBytes(UTF_8)));
        byte[] changed =
                join(changes, new TarMaker().file(hex("new"), "changed").bytes());
        Received received =
                door.intake.receive(Door.ANN, new ByteArrayInputStream(changed), Door.LIMITS, Door.SPECS, door.files);
        assertInstanceOf(
                Refusal.HostileEntry.class,
                assertInstanceOf(Received.Refused.class, received).refusal());
    }

    @Test
    void whoSeesOnlyTheirOwnBuildsSendsChangesOfThese() throws Exception {
        Sender key = new Sender("key", false, bytes -> true);
        String changes = changes(digest(old), 3);

        assertEquals(new Refusal.NoBase(digest(old)), refuse(key, changes));
        door.files.built(digest(old), "key");
        assertInstanceOf(Received.Pending.class, receive(key, changes, Door.LIMITS))
                .close();
    }

    @Test
    void theManifestThatIsMadeCountsBeforeItIsWritten() throws Exception {
        List<Long> asked = new ArrayList<>();
        Sender sender = new Sender("ann", true, bytes -> asked.add(bytes) && asked.size() < 2);
        String changes = changes(digest(old), 2, "-\tb/c\n");
        long made = manifest(file(".sallyport.yml", SPEC), file("a", "a")).length();

        assertInstanceOf(Received.Pending.class, receive(sender, changes, Door.LIMITS))
                .close();
        assertEquals(List.of(made), asked);
        assertEquals(new Refusal.Interrupted(), refuse(sender, changes));
        assertEquals(List.of(made, made), asked);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4})
    void aWrongNumberOfEntriesIsFoundBeforeAnythingIsMade(int entries) throws Exception {
        Sender sender = new Sender("ann", true, bytes -> {
            throw new AssertionError(bytes + " bytes are made");
        });

        assertEquals(new Refusal.NoBase(digest(old)), refuse(sender, changes(digest(old), entries)));
    }

    @Test
    void theManifestThatIsMadeIsNoLargerThanASourceMayBe() throws Exception {
        String changes = changes(digest(old), 3);
        SourceLimits exact = new SourceLimits(old.length(), 64 << 20, 1000, 20);
        SourceLimits less = new SourceLimits(old.length() - 1, 64 << 20, 1000, 20);
        assertTrue(changes.length() < less.bytes());

        assertInstanceOf(Received.Pending.class, receive(Door.ANN, changes, exact))
                .close();
        assertEquals(
                new Refusal.TooLarge("bytes", less.bytes()),
                door.refuse(new ByteArrayInputStream(changes.getBytes(UTF_8)), less));
    }

    @Test
    void tooManyEntriesAreTooManyOfAnyBase() throws Exception {
        int entries = (int) Door.LIMITS.entries() + 1;

        for (Digest base : List.of(digest(old), digest("unknown"))) {
            assertEquals(
                    new Refusal.TooLarge("entries", Door.LIMITS.entries()),
                    door.refuse(changes(base, entries).getBytes(UTF_8)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100644\t0\t1\tabc\tb/c\n",
                "100644\t0\t-1\tHEX\tb/c\n",
                "100644\tnow\t1\tHEX\tb/c\n",
                "100644\t0\t1\tb/c\n",
                "100600\t0\t1\tHEX\tb/c\n",
                "040000\t0\tx\tb/c\n",
                "-\tb\tb/c\n",
                "-\tb/c\n-\tb/c\n"
            })
    void aLineOfAnotherFormTellsNothingOfTheBase(String line) throws Exception {
        int entries = line.startsWith("-") ? 2 : 3;
        String changes = changes(digest(old), entries, line.replace("HEX", hex("c")));

        Refusal refusal = door.refuse(changes.getBytes(UTF_8));
        assertInstanceOf(Refusal.DamagedArchive.class, refusal);
        assertEquals(refusal, refuse(new Sender("key", false, bytes -> true), changes));
        door.blobs.delete(digest(old));
        assertEquals(refusal, door.refuse(changes.getBytes(UTF_8)));
    }

    @Test
    void changesThatDoNotFitAreRefused() throws Exception {
        for (String changes : List.of(
                changes(digest(old), 2),
                changes(digest(old), 4, file("a", "c")),
                changes(digest(old), 2, "-\tb\n"),
                changes(digest(old), 3, "-\tnothing\n"))) {
            assertEquals(new Refusal.NoBase(digest(old)), door.refuse(changes.getBytes(UTF_8)), changes);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100644\t0\t1\tabc\ta\n",
                "100644\t0\t1\tHEX\t../a\n",
                "100644\t0\t1\tHEX\ta/b\n",
                "100644\t0\t1\tHEX\tb\n",
                "120000\t0\t/etc/passwd\ta\n",
                "100644\t0\t1\tHEX\ta\n-\ta\n",
                "a\n"
            })
    void theRulesAreThoseOfAnySource(String lines) throws Exception {
        int entries = lines.contains("b\n") || lines.contains("../") ? 4 : 3;
        Refusal refusal = door.refuse(
                changes(digest(old), entries, lines.replace("HEX", hex("a"))).getBytes(UTF_8));

        assertTrue(
                refusal instanceof Refusal.DamagedArchive || refusal instanceof Refusal.HostileEntry,
                refusal::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2})
    void aSizeThatIsNotThatOfTheFileIsRefused(long size) throws Exception {
        String line = "100644\t0\t" + size + "\t";
        String known = changes(digest(old), 4, "-\ta\n", file("d", "a"), line + hex("c") + "\tx\n");
        byte[] sent = join(changes(digest(old), 4, line + hex("n") + "\tx\n"), tar("n"));

        assertEquals(wrong(5, size), door.refuse(known.getBytes(UTF_8)));
        Received received =
                door.intake.receive(Door.ANN, new ByteArrayInputStream(sent), Door.LIMITS, Door.SPECS, door.files);
        assertEquals(
                wrong(3, size),
                assertInstanceOf(Received.Refused.class, received).refusal());
    }

    private static Refusal wrong(int line, long size) {
        return new Refusal.DamagedArchive("line " + line + " of the manifest: the size of its file is 1, not " + size);
    }

    @Test
    void moreChangesThanAreTakenAreRefused() throws Exception {
        StringBuilder lines = new StringBuilder();
        while (lines.length() < ManifestChanges.LONGEST) {
            lines.append(file("f" + lines.length(), ""));
        }

        assertEquals(
                new Refusal.TooLarge("bytes of changes", ManifestChanges.LONGEST),
                door.refuse(changes(digest(old), 3, lines.toString()).getBytes(UTF_8)));
    }

    @Test
    void changesThatAreCutOffAreNone() throws Exception {
        String changes = changes(digest(old), 3, file("a", "c"));

        for (int length : List.of(changes.length() - 1, ManifestChanges.FIRST_LINE.length())) {
            assertInstanceOf(
                    Refusal.DamagedArchive.class,
                    door.refuse(changes.substring(0, length).getBytes(UTF_8)));
        }
    }

    private Received receive(Sender sender, String changes, SourceLimits limits) throws IOException {
        return door.intake.receive(
                sender, new ByteArrayInputStream(changes.getBytes(UTF_8)), limits, Door.SPECS, door.files);
    }

    private Refusal refuse(Sender sender, String changes) throws IOException {
        return door.refuse(sender, new ByteArrayInputStream(changes.getBytes(UTF_8)), Door.LIMITS);
    }

    private static String changes(Digest base, int entries, String... lines) {
        return ManifestChanges.FIRST_LINE + base + "\t" + entries + "\n" + String.join("", lines) + "\n";
    }

    private static String manifest(String... lines) {
        return ManifestReader.FIRST_LINE + String.join("", lines) + "\n";
    }

    private static String file(String path, String text) throws Exception {
        return "100644\t86400\t" + text.length() + "\t" + hex(text) + "\t" + path + "\n";
    }

    private static byte[] tar(String... texts) throws Exception {
        TarMaker tar = new TarMaker();
        for (String text : texts) {
            tar.file(hex(text), text);
        }
        return tar.bytes();
    }

    private static byte[] join(String manifest, byte[] archive) throws IOException {
        return new SequenceInputStream(
                        new ByteArrayInputStream(manifest.getBytes(UTF_8)), new ByteArrayInputStream(archive))
                .readAllBytes();
    }

    private static Digest digest(String text) throws Exception {
        return new Digest(hex(text));
    }

    private static String hex(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }
}
