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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources as manifests, whose files come with them or are there. */
class ManifestIntakeTest {
    private static final String SPEC = "script: [\"true\"]\n";
    private static final String BIG = "x".repeat(300_000);

    @TempDir
    private Path folder;

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = new Door(folder);
    }

    @Test
    void filesThatAreMissingAreToldAndComeOnce() throws Exception {
        String manifest = manifest(file(".sallyport.yml", SPEC), file("big", BIG), file("again", BIG));
        assertEquals(List.of(digest(SPEC), digest(BIG)), missing(manifest.getBytes(UTF_8)));

        assertEquals(List.of(), missing(join(manifest, tar(SPEC, BIG))));
        Source source = door.accept(manifest.getBytes(UTF_8));

        assertEquals(SourceKind.MANIFEST, source.kind());
        assertEquals(digest(manifest), source.blob().digest());
        assertEquals(3, source.entries());
        assertEquals(SPEC.length() + 2 * BIG.length(), source.unpackedBytes());
    }

    @Test
    void itIsUnpackedAsItWas() throws Exception {
        String manifest = manifest(
                file(".sallyport.yml", SPEC),
                "100755\t86400\t3\t" + hex("run") + "\tbin/run\n",
                "120000\t86400\tbin/run\tlink\n",
                "040000\t86400\tempty\n",
                file("none", ""));
        Source source = door.accept(join(manifest, tar(SPEC, "run", "")));
        Path copy = Files.createDirectory(folder.resolve("copy"));
        new SourceUnpacker(door.blobs).unpack(source, copy);

        assertEquals(SPEC, Files.readString(copy.resolve(".sallyport.yml")));
        assertTrue(Files.isExecutable(copy.resolve("bin/run")));
        assertEquals(
                86_400_000, Files.getLastModifiedTime(copy.resolve("bin/run")).toMillis());
        assertEquals("run", Files.readString(copy.resolve("link")));
        assertTrue(Files.isDirectory(copy.resolve("empty")));
        assertEquals(0, Files.size(copy.resolve("none")));

        Path tar = folder.resolve("source.tar");
        SourceTarTest.copy(new SourceTar(door.blobs).content(source), 0, tar);
        assertEquals(source.tarBytes(), Files.size(tar));
        Source same = door.accept(Files.readAllBytes(tar));
        assertEquals(source.entries(), same.entries());
    }

    @Test
    void aSubmissionMayNameOneThatIsKept() throws Exception {
        String manifest = manifest(file(".sallyport.yml", SPEC));
        missing(join(manifest, tar(SPEC)));

        Source source = door.accept(("{\"manifest\":\"" + digest(manifest) + "\"}\n").getBytes(UTF_8));

        assertEquals(digest(manifest), source.blob().digest());
        assertEquals(
                new Refusal.NoManifest(digest("other")),
                door.refuse(("{\"manifest\":\"" + digest("other") + "\"}").getBytes(UTF_8)));
    }

    @Test
    void missingFilesRefuseASubmission() throws Exception {
        assertEquals(
                new Refusal.MissingFiles(1, List.of(digest(SPEC))),
                door.refuse(manifest(file(".sallyport.yml", SPEC)).getBytes(UTF_8)));
    }

    @Test
    void aFileWithOtherBytesThanItsNameIsRefused() throws Exception {
        String manifest = manifest(file("a", "a"));
        byte[] body = join(manifest, new TarMaker().file(hex("a"), "b").bytes());

        KnownManifest.Refused refused = assertInstanceOf(KnownManifest.Refused.class, know(body));

        assertInstanceOf(Refusal.HostileEntry.class, refused.refusal());
        assertEquals(List.of(digest("a")), missing(manifest.getBytes(UTF_8)));
    }

    @Test
    void whatHasComeWholeIsKeptWhenTheConnectionBreaks() throws Exception {
        String manifest = manifest(file("a", "a"), file("b", BIG));
        byte[] body = join(manifest, tar("a", BIG));

        assertInstanceOf(KnownManifest.Refused.class, know(Arrays.copyOf(body, body.length - 100_000)));

        assertEquals(List.of(digest(BIG)), missing(manifest.getBytes(UTF_8)));
    }

    @Test
    void filesMayComeCompressed() throws Exception {
        String manifest = manifest(file(".sallyport.yml", SPEC), file("big", BIG));
        byte[] zst = SourceIntakeTest.compress("zstd", tar(SPEC, BIG));

        assertEquals(List.of(), missing(join(manifest, zst)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100644\t0\t1\tabc\tname\n",
                "100644\t0\t-1\tHEX\tname\n",
                "100644\t0\t1\tHEX\n",
                "100600\t0\t1\tHEX\tname\n",
                "100644\t0\t1\tHEX\t../name\n",
                "120000\t0\t/etc/passwd\tname\n",
                "100644\t0\t1\tHEX\tname\n100644\t0\t1\tHEX\tname\n"
            })
    void linesThatMakeNoSourceAreRefused(String lines) throws Exception {
        missing(join(manifest(file("a", "a")), tar("a")));
        Refusal refusal = door.refuse(manifest(lines.replace("HEX", hex("a"))).getBytes(UTF_8));

        assertTrue(
                refusal instanceof Refusal.DamagedArchive || refusal instanceof Refusal.HostileEntry,
                refusal::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4, Long.MAX_VALUE})
    void aSizeThatIsNotThatOfTheFileIsRefused(long size) throws Exception {
        missing(join(manifest(file("a", "abc")), tar("abc", SPEC)));
        String wrong = manifest(
                file(".sallyport.yml", SPEC), file("a", "abc"), "100755\t0\t" + size + "\t" + hex("abc") + "\tx\n");
        Refusal refusal = new Refusal.DamagedArchive("line 4 of the manifest: the size of its file is 3, not " + size);

        assertEquals(refusal, door.refuse(wrong.getBytes(UTF_8)));
        assertEquals(
                refusal,
                assertInstanceOf(KnownManifest.Refused.class, know(wrong.getBytes(UTF_8)))
                        .refusal());
    }

    @Test
    void aSizeIsAlsoThatOfAFileThatComesWithIt() throws Exception {
        for (long size : List.of(0, 4)) {
            String wrong = manifest(file(".sallyport.yml", SPEC), "100644\t0\t" + size + "\t" + hex("new") + "\tx\n");
            Refusal refusal =
                    new Refusal.DamagedArchive("line 3 of the manifest: the size of its file is 3, not " + size);

            // As long as the file is not there nobody knows. What has come whole is kept, so that happens once.
            if (size == 0) {
                assertEquals(List.of(digest(SPEC), digest("new")), missing(wrong.getBytes(UTF_8)));
            }
            Received received = door.intake.receive(
                    Door.ANN,
                    new ByteArrayInputStream(join(wrong, tar(SPEC, "new"))),
                    Door.LIMITS,
                    Door.SPECS,
                    door.files);
            assertEquals(
                    refusal, assertInstanceOf(Received.Refused.class, received).refusal());
        }
    }

    @Test
    void oneThatWasKeptBeforeItsFilesIsRefusedWhenItIsNamed() throws Exception {
        String wrong = manifest(file(".sallyport.yml", SPEC), "100644\t0\t5\t" + hex("") + "\tx\n");
        missing(wrong.getBytes(UTF_8));
        missing(join(manifest(file("a", "")), tar("", SPEC)));

        assertEquals(
                new Refusal.DamagedArchive("line 3 of the manifest: the size of its file is 0, not 5"),
                door.refuse(("{\"manifest\":\"" + digest(wrong) + "\"}").getBytes(UTF_8)));
    }

    @Test
    void aManifestThatIsCutOffIsNone() throws Exception {
        String manifest = manifest(file("a", "a"));

        assertInstanceOf(
                Refusal.DamagedArchive.class,
                door.refuse(manifest.substring(0, manifest.length() - 1).getBytes(UTF_8)));
    }

    @Test
    void entriesAreBounded() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i <= Door.LIMITS.entries(); i++) {
            lines.append(file("f" + i, ""));
        }
        String manifest = manifest(lines.toString());
        Refusal tooMany = new Refusal.TooLarge("entries", Door.LIMITS.entries());

        assertEquals(tooMany, ((KnownManifest.Refused) know(manifest.getBytes(UTF_8))).refusal());
        missing(join(manifest(file("f", "")), tar("")));
        assertEquals(tooMany, door.refuse(manifest.getBytes(UTF_8)));
    }

    private KnownManifest know(byte[] body) throws IOException {
        return door.intake.know("ann", new ByteArrayInputStream(body), Door.LIMITS, door.files);
    }

    private List<Digest> missing(byte[] body) throws IOException {
        KnownManifest.Kept kept = assertInstanceOf(KnownManifest.Kept.class, know(body));
        List<Digest> all = new ArrayList<>();
        try (MissingFiles missing = kept.missing().open()) {
            for (Optional<Digest> next = missing.next(); next.isPresent(); next = missing.next()) {
                all.add(next.get());
            }
        }
        return all;
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
