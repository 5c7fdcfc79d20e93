package io.sallyport.builds.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Refusal.DamagedArchive;
import io.sallyport.builds.Refusal.EmptyBody;
import io.sallyport.builds.Refusal.UnknownFormat;
import io.sallyport.builds.source.Received.Pending;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceIntakeTest {
    @TempDir
    Path folder;

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = new Door(folder);
    }

    private static byte[] project() {
        return new TarMaker()
                .folder("src/")
                .file("src/a.txt", "alpha")
                .file("deep/er/b.txt", "beta")
                .link("src/link", "../deep/er/b.txt")
                .hardLink("hard", "src/a.txt")
                .file(".sallyport.yml", "script: make\n")
                .bytes();
    }

    @Test
    void aTarIsKeptAsItCameAndMeasured() throws IOException {
        byte[] tar = project();

        Source source = door.accept(tar);

        assertEquals(SourceKind.TAR, source.kind());
        // src, src/a.txt, deep, deep/er, deep/er/b.txt, src/link, hard, .sallyport.yml
        assertEquals(8, source.entries());
        assertEquals(5 + 4 + 13, source.unpackedBytes());
        assertEquals(tar.length, source.tarBytes());
        Path blob = door.blobs.file(source.blob().digest()).orElseThrow();
        assertArrayEquals(tar, Files.readAllBytes(blob));
    }

    @ParameterizedTest
    @CsvSource({"gz, TAR_GZ", "zstd, TAR_ZST", "xz, TAR_XZ"})
    void aCompressedTarIsMeasuredUnpackedAndKeptPacked(String compressor, SourceKind kind) throws Exception {
        byte[] tar = project();
        byte[] packed = compress(compressor, tar);

        Source source = door.accept(packed);

        assertEquals(kind, source.kind());
        assertEquals(8, source.entries());
        assertEquals(22, source.unpackedBytes());
        assertEquals(tar.length, source.tarBytes());
        assertEquals(packed.length, source.blob().bytes());
    }

    @Test
    void aZipIsMeasuredLikeATarOfTheSame() throws IOException {
        byte[] zip = new ZipMaker()
                .folder("src/")
                .file("src/a.txt", "alpha")
                .file("deep/er/b.txt", "beta")
                .link("src/link", "../deep/er/b.txt")
                .file(".sallyport.yml", "script: make\n")
                .bytes();
        try (Pending pending = door.pending(zip)) {
            assertEquals(
                    "script: make\n", new String(pending.spec().orElseThrow().bytes(), UTF_8));
            Source source = pending.commit();
            assertEquals(SourceKind.ZIP, source.kind());
            assertEquals(7, source.entries());
            assertEquals(22, source.unpackedBytes());
            assertEquals(zip.length, source.blob().bytes());
        }
    }

    @Test
    void nothingIsKeptWithoutCommit() throws IOException {
        Pending pending = door.pending(project());
        pending.close();
        pending.close();

        assertEquals(List.of(), door.files());
    }

    @Test
    void closingAfterCommitKeepsTheSource() throws IOException {
        door.accept(project());

        assertEquals(1, door.files().size());
    }

    @Test
    void thePreferredSpecIsFoundWhereverItStands() throws IOException {
        byte[] tar = new TarMaker()
                .file(".gitlab-ci.yml", "second")
                .file("sub/.sallyport.yml", "not at the root")
                .file("./.sallyport.yml", "first")
                .bytes();
        try (Pending pending = door.pending(tar)) {
            SpecFile spec = pending.spec().orElseThrow();
            assertEquals(".sallyport.yml", spec.name());
            assertEquals("first", new String(spec.bytes(), UTF_8));
        }
    }

    @Test
    void theOtherSpecIsFoundWhenThePreferredIsNoFile() throws IOException {
        byte[] tar = new TarMaker()
                .file(".gitlab-ci.yml", "second")
                .link(".sallyport.yml", ".gitlab-ci.yml")
                .bytes();
        try (Pending pending = door.pending(tar)) {
            assertEquals(".gitlab-ci.yml", pending.spec().orElseThrow().name());
        }
    }

    @Test
    void aSourceMayHaveNoSpec() throws IOException {
        try (Pending pending = door.pending(new TarMaker().file("a", "").bytes())) {
            assertTrue(pending.spec().isEmpty());
        }
    }

    @Test
    void ofALargeSpecSoMuchIsReadThatItIsSeenToBeTooLarge() throws IOException {
        byte[] tar = new TarMaker()
                .file(".sallyport.yml", 0644, new byte[3 << 20])
                .file("after", "x")
                .bytes();
        try (Pending pending = door.pending(tar)) {
            assertEquals((1 << 20) + 1, pending.spec().orElseThrow().bytes().length);
            assertEquals(2, pending.commit().entries());
        }
    }

    @Test
    void anArchiveOfNothingIsASource() throws IOException {
        assertEquals(0, door.accept(new byte[10_240]).entries());
        assertEquals(0, door.accept(new ZipMaker().bytes()).entries());
        assertEquals(0, door.accept(new TarMaker().folder("./").bytes()).entries());
    }

    @Test
    void anEmptyBodyIsToldApart() throws IOException {
        assertEquals(new EmptyBody(), door.refuse(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "[{}]", "#!/bin/sh\n", "PK", "BZh91AY&SY"})
    void otherFormatsAreRefused(String body) throws IOException {
        assertEquals(new UnknownFormat(), door.refuse(body.getBytes(UTF_8)));
        assertEquals(new UnknownFormat(), door.refuse(Arrays.copyOf(body.getBytes(UTF_8), 5000)));
    }

    @Test
    void zerosAfterTheEndOfATarAreFineAndOtherBytesAreNot() throws Exception {
        byte[] padded = Arrays.copyOf(project(), 100_000);
        assertEquals(padded.length, door.accept(padded).tarBytes());
        assertEquals(padded.length, door.accept(compress("gz", padded)).tarBytes());

        padded[99_000] = 1;
        Door other = new Door(Files.createDirectory(folder.resolve("other")));
        assertEquals(new DamagedArchive("other bytes than zeros after its end"), other.refuse(padded));
        assertEquals(
                new DamagedArchive("other bytes than zeros after its end"), other.refuse(compress("zstd", padded)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zstd", "xz"})
    void compressedPiecesInARowAreOneArchive(String compressor) throws Exception {
        byte[] tar = project();
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        for (int from = 0; from < tar.length; from += 1000) {
            pieces.writeBytes(compress(compressor, Arrays.copyOfRange(tar, from, Math.min(tar.length, from + 1000))));
        }
        assertEquals(tar.length, door.accept(pieces.toByteArray()).tarBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zstd", "xz"})
    void otherBytesAfterCompressedOnesAreDamage(String compressor) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(compress(compressor, project()));
        body.writeBytes("garbage!garbage!garbage!".getBytes(UTF_8));

        assertInstanceOf(DamagedArchive.class, door.refuse(body.toByteArray()));
    }

    @Test
    void zerosAfterGzipAreFine() throws Exception {
        byte[] packed = compress("gz", project());

        assertEquals(8, door.accept(Arrays.copyOf(packed, packed.length + 512)).entries());
    }

    @Test
    void bodiesMayArriveInAnyPieces() throws IOException {
        byte[] tar = project();
        SequenceInputStream drops = new SequenceInputStream(
                java.util.Collections.enumeration(java.util.stream.IntStream.range(0, tar.length)
                        .mapToObj(i -> new ByteArrayInputStream(tar, i, 1))
                        .toList()));
        try (Pending pending = assertInstanceOf(
                Pending.class, door.intake.receive(Door.ANN, drops, Door.LIMITS, Door.SPECS, door.files))) {
            assertEquals(door.accept(tar), pending.commit());
        }
    }

    @Test
    void paxAndGnuLongNamesAreOneAndTheSame() throws IOException {
        String path = "a".repeat(90) + "/" + "b".repeat(200) + "/ünïcödé.txt";
        String target = path + ".not-there";
        byte[] pax = new TarMaker().file(path, "x").link("link", target).bytes();
        byte[] gnu = new TarMaker().gnu().file(path, "x").link("link", target).bytes();
        for (byte[] tar : List.of(pax, gnu)) {
            try (SourceWalk walk = SourceWalk.overStored(door.accept(tar), door.blobs)) {
                assertEquals(path, Objects.requireNonNull(walk.next()).path());
                Entry.SymbolicLink link = assertInstanceOf(Entry.SymbolicLink.class, walk.next());
                assertEquals(target, link.target());
            }
        }
    }

    @Test
    void onlyAnIdInAGlobalHeadersCommentIsACommit() throws IOException {
        byte[] plain = project();
        for (String comment : List.of("a".repeat(40), "0123456789abcdef".repeat(4))) {
            try (Pending pending = door.pending(withGlobalComment(comment, plain))) {
                assertEquals(Optional.of(comment), pending.gitCommit());
            }
        }
        for (byte[] tar : List.of(plain, withGlobalComment("made by hand", plain))) {
            try (Pending pending = door.pending(tar)) {
                assertEquals(Optional.empty(), pending.gitCommit());
            }
        }
    }

    private static byte[] withGlobalComment(String comment, byte[] tar) throws IOException {
        String record = "comment=" + comment + "\n";
        byte[] body = (record.length() + 3 + " " + record).getBytes(UTF_8);
        TarArchiveEntry global = new TarArchiveEntry("pax_global_header", (byte) 'g');
        global.setSize(body.length);
        byte[] header = new byte[512];
        global.writeEntryHeader(header);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header);
        out.writeBytes(Arrays.copyOf(body, 512));
        out.writeBytes(tar);
        return out.toByteArray();
    }

    static byte[] compress(String compressor, byte[] bytes) throws IOException, CompressorException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new CompressorStreamFactory().createCompressorOutputStream(compressor, packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
