package io.sallyport.builds.executor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.KeepWhen;
import io.sallyport.builds.source.TarMaker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link Run} promises of commands that follow each other, and of files that come and go between them. */
@Timeout(120)
public abstract class WorkspaceContractTest extends VisitContractTest {
    private static Commands commands(String... lines) {
        return Commands.of(List.of(lines));
    }

    private static InputStream tar(TarMaker tar) {
        return new ByteArrayInputStream(tar.bytes());
    }

    private static ArtifactRules rules(List<String> paths, List<String> exclude, boolean untracked) {
        return new ArtifactRules(paths, exclude, untracked, KeepWhen.ALWAYS, Optional.empty(), Optional.empty());
    }

    /** Runs commands in a workspace to which tars were added, one on top of the other. */
    private String after(List<TarMaker> tars, String... lines) throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (Run run = executor.prepare(orders.of())) {
            for (TarMaker tar : tars) {
                run.unpack(tar(tar));
            }
            run.start(commands(lines), output);
            assertEquals(new Exit.Code(0), run.await(), output.all());
            return output.out();
        }
    }

    @Test
    void aSecondShellFindsFilesAndNothingElseOfTheFirst() throws Exception {
        RecordedOutput first = new RecordedOutput();
        RecordedOutput second = new RecordedOutput();
        try (Run run = executor.prepare(orders.withEnvironment(Map.of("A", "1", "B", "1")))) {
            run.start(commands("cd sub; echo x > file; A=2; export A C=3; f() { :; }; " + sleep + " & exit 3"), first);
            assertEquals(new Exit.Code(3), run.await());
            assertEquals(0, processesWith(sleep.seconds()));
            run.start(
                    new Commands(List.of("cat sub/file; echo $A $B $C; ! f 2>/dev/null", "exit 4"), Map.of("B", "2")),
                    second);
            assertEquals(new Exit.Code(4), run.await());
            assertEquals(new Exit.Code(4), run.await());
            assertEquals(Map.of("sub/file", "x\n"), collected(run, ArtifactRules.of(List.of("sub/file"))));
        }
        assertEquals("", first.out());
        assertEquals("x\n1 2\n", second.out());
        assertEquals(List.of("$ cat sub/file; echo $A $B $C; ! f 2>/dev/null", "$ exit 4"), second.system());
    }

    @Test
    void whatWasStoppedCanBeFollowedByMore() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (Run run = executor.prepare(orders.of())) {
            run.start(commands("echo ready; " + sleep), output);
            output.waitForOut("ready");
            run.stop(Duration.ofMillis(300));
            assertEquals(new Exit.Stopped(), run.await());
            run.stop(Duration.ZERO);
            run.start(commands("echo again; " + sleep), output);
            output.waitForOut("again");
            run.stop(Duration.ZERO);
            assertEquals(new Exit.Stopped(), run.await());
            run.start(commands("echo third"), output);
            assertEquals(new Exit.Code(0), run.await());
        }
        assertEquals("ready\nagain\nthird\n", output.out());
        assertEquals(0, processesWith(sleep.seconds()));
    }

    @Test
    void aStopBeforeTheFirstStartConcernsThatOnly() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (Run run = executor.prepare(orders.of())) {
            run.stop(Duration.ZERO);
            run.start(commands("echo never"), output);
            assertEquals(new Exit.Stopped(), run.await());
            run.start(commands("echo second"), output);
            assertEquals(new Exit.Code(0), run.await());
        }
        assertEquals("second\n", output.out());
    }

    @Test
    void whatIsOutOfTurnIsABug() throws Exception {
        RecordedOutput output = new RecordedOutput();
        ArtifactRules rules = ArtifactRules.of(List.of("*"));
        try (Run run = executor.prepare(orders.of())) {
            assertThrows(IllegalStateException.class, run::await);
            assertThrows(IllegalStateException.class, () -> collected(run, rules));
            run.start(commands("echo ready; " + sleep), output);
            output.waitForOut("ready");
            assertThrows(IllegalStateException.class, () -> run.start(commands("echo two"), output));
            assertThrows(IllegalStateException.class, () -> collected(run, rules));
            assertThrows(IllegalStateException.class, () -> run.unpack(tar(new TarMaker())));
            run.stop(Duration.ZERO);
            run.await();
            assertThrows(IllegalStateException.class, () -> run.unpack(tar(new TarMaker())));
            assertThrows(IllegalStateException.class, () -> collected(run, rules(List.of(), List.of(), true)));
            OutputStream nowhere = OutputStream.nullOutputStream();
            assertThrows(IllegalStateException.class, () -> run.pack(List.of(), true, nowhere));
        }
    }

    @Test
    void unpackedFilesAreTheJobsOwn() throws Exception {
        TarMaker tar = new TarMaker()
                .folder("made/")
                .file("made/file", 0640, "one\n".getBytes(UTF_8))
                .file("run.sh", 0755, "echo ran\n".getBytes(UTF_8))
                .file("deep/er/file", "two\n")
                .file("ro", 0444, "three\n".getBytes(UTF_8))
                .link("made/link", "file")
                .hardLink("made/other", "made/file");

        assertEquals(
                "one\ntwo\nthree\nran\none\n-rw-r----- -r--r--r-- -rwxr-xr-x 2\nhello\n",
                after(
                        List.of(tar),
                        "cat made/file deep/er/file ro; ./run.sh; cat made/link",
                        "echo $(ls -l made/file ro run.sh | cut -c1-10) $(ls -l made/other | tr -s ' ' | cut -d' ' -f2)",
                        "cat hello.txt; for f in made/file deep/er/file run.sh; do echo more >> $f; rm $f; done",
                        "rmdir deep/er; echo x > made/new; chmod 600 ro; echo x > ro"));
    }

    @Test
    void timesAreKeptToTheSecond() throws Exception {
        TarMaker tar = new TarMaker().folder("d/").file("d/old", "x");

        assertEquals(
                "older\nnot newer\nolder\n",
                after(
                        List.of(tar),
                        "TZ=UTC touch -t 202311142213.20 ref; TZ=UTC touch -t 202311142213.21 ref1",
                        "test d/old -ot ref1 && echo older; test d/old -nt ref || echo not newer",
                        "test d -ot ref1 && echo older"));
    }

    @Test
    void aLaterTarGoesOnTop() throws Exception {
        assertEquals(
                "new\nold\nhello\n",
                after(
                        List.of(
                                new TarMaker().file("a/1", "old\n").file("a/2", "old\n"),
                                new TarMaker().folder("a/").file("a/1", "new\n").file("hello.txt", "hello\n")),
                        "cat a/1 a/2 hello.txt"));
    }

    @Test
    void whatIsInTheWayIsReplaced() throws Exception {
        TarMaker tar = new TarMaker()
                .file("hello.txt/in", "folder for a file\n")
                .file("sub", "file for a folder\n")
                .link("l", "hello.txt")
                .file("l", "file for a link\n")
                .folder("e/")
                .file("e/f", "x")
                .link("e", "sub");

        assertEquals(
                "folder for a file\nfile for a folder\nfile for a link\nfile for a folder\n",
                after(List.of(tar), "cat hello.txt/in sub l e", "test -L e; ! test -L l"));
    }

    @Test
    void noLinkIsFollowedWhoeverMadeIt() throws Exception {
        WorkspaceFiller linked = (source, folder) -> {
            Files.createDirectory(folder.resolve("real"));
            Files.writeString(folder.resolve("real/file"), "real\n");
            Files.createSymbolicLink(folder.resolve("inner"), Path.of("real"));
            Files.createSymbolicLink(folder.resolve("outer"), Path.of("/"));
            Files.createSymbolicLink(folder.resolve("tmp"), Path.of("/tmp"));
            Files.createSymbolicLink(folder.resolve("name"), Path.of("real/file"));
        };
        TarMaker tar = new TarMaker()
                .file("inner/file", "1\n")
                .file("outer/tmp/sallyport-canary", "2\n")
                .folder("tmp/")
                .file("tmp/sallyport-canary", "3\n")
                .file("name", "4\n")
                .link("own", "/tmp")
                .file("own/sallyport-canary", "5\n")
                .link("up", "..")
                .folder("up/")
                .file("up/x", "6\n");
        try (Executor other = open(linked);
                Run run = other.prepare(orders.of())) {
            RecordedOutput output = new RecordedOutput();
            run.unpack(tar(tar));
            run.start(
                    commands(
                            "cat real/file inner/file outer/tmp/sallyport-canary tmp/sallyport-canary name own/sallyport-canary up/x",
                            "find . -type l",
                            "test ! -e /tmp/sallyport-canary; test ! -e ../x"),
                    output);
            assertEquals(new Exit.Code(0), run.await(), output.all());
            assertEquals("real\n1\n2\n3\n4\n5\n6\n", output.out());
        }
    }

    @Test
    void linksMayLeadAnywhere() throws Exception {
        TarMaker tar = new TarMaker()
                .link("bin/python", "/usr/bin/env")
                .link("up", "../../..")
                .link("gone", "nowhere");

        assertEquals(
                "ok\n", after(List.of(tar), "test -x bin/python; test -d up; test -L gone; ! test -e gone; echo ok"));
    }

    @Test
    void setUserIdIsNotKept() throws Exception {
        TarMaker tar = new TarMaker().file("f", 07755, "x".getBytes(UTF_8));

        assertEquals("-rwxr-xr-x\n", after(List.of(tar), "ls -l f | cut -c1-10"));
    }

    @Test
    void hostileTarsAreRefused() throws Exception {
        List<TarMaker> hostile = List.of(
                new TarMaker().file("../canary", "x"),
                new TarMaker().file("a/../../canary", "x"),
                new TarMaker().file("/tmp/canary", "x"),
                new TarMaker().file("a\\b", "x"),
                new TarMaker().file("a\nb", "x"),
                new TarMaker().special("d", TarConstants.LF_BLK),
                new TarMaker().special("d", TarConstants.LF_CHR),
                new TarMaker().special("d", TarConstants.LF_FIFO),
                new TarMaker().hardLink("passwd", "/etc/passwd"),
                new TarMaker().hardLink("passwd", "../../../../../../../etc/passwd"),
                new TarMaker().hardLink("h", "missing"),
                new TarMaker().hardLink("h", "h"),
                new TarMaker().link("l", "/etc/passwd").hardLink("h", "l"),
                new TarMaker().file("d/".repeat(101) + "f", "x"),
                new TarMaker().file("x".repeat(300), "x"));
        try (Run run = executor.prepare(orders.of())) {
            for (TarMaker tar : hostile) {
                assertThrows(IOException.class, () -> run.unpack(tar(tar)));
            }
            byte[] whole = new TarMaker().file("f", "x").bytes();
            for (int length : List.of(0, 100, 512, 600, 1024)) {
                InputStream cut = new ByteArrayInputStream(Arrays.copyOf(whole, length));
                assertThrows(IOException.class, () -> run.unpack(cut), "cut at " + length);
            }
        }
    }

    @Test
    void aDeepTreeIsUnpacked() throws Exception {
        String deep = "d/".repeat(99);

        assertEquals("x", after(List.of(new TarMaker().file(deep + "f", "x")), "cat " + deep + "f"));
    }

    @Test
    void foldersThatOnlyLetThemselvesBeReadAreFilledToo() throws Exception {
        TarMaker first = new TarMaker().folder("mod/", 0555).file("mod/a", 0444, "a\n".getBytes(UTF_8));
        TarMaker second = new TarMaker().file("mod/a", "b\n").file("mod/b", "c\n");

        assertEquals("b\nc\ndr-xr-xr-x\n", after(List.of(first, second), "cat mod/a mod/b; ls -ld mod | cut -c1-10"));
    }

    @Test
    void aStreamThatFailsFailsTheUnpacking() throws Exception {
        byte[] big = new TarMaker().file("f", 0644, new byte[1 << 20]).bytes();
        InputStream failing = new ByteArrayInputStream(big) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                if (pos > 1 << 19) {
                    throw new java.io.UncheckedIOException(new IOException("gone"));
                }
                return super.read(into, offset, length);
            }
        };
        try (Run run = executor.prepare(orders.of())) {
            assertThrows(java.io.UncheckedIOException.class, () -> run.unpack(failing));
        }
    }

    @Test
    void excludedFilesAreNotCollected() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (Run run = executor.prepare(orders.of())) {
            run.start(
                    commands(
                            "mkdir -p dist/a/b; for f in dist/1.o dist/1 dist/a/2.o dist/a/b/3 top.o; do echo x > $f; done"),
                    output);
            run.await();
            assertEquals(
                    Map.of("dist/1", "x\n", "dist/a/b/3", "x\n"),
                    collected(run, rules(List.of("dist"), List.of("**/*.o"), false)));
            assertEquals(
                    Map.of("dist/1", "x\n", "dist/1.o", "x\n"),
                    collected(run, rules(List.of("dist/"), List.of("dist/a/**"), false)));
            // As GitLab has it: what is left out is named by its own path, not by the folder that it is in.
            assertEquals(
                    4,
                    collected(run, rules(List.of("dist"), List.of("dist", "*"), false))
                            .size());
        }
    }

    @Test
    void untrackedFilesAreThoseThatWereNotInTheSource() throws Exception {
        RecordedOutput output = new RecordedOutput();
        ArtifactRules untracked = rules(List.of(), List.of("**/*.log"), true);
        try (Run run = executor.prepare(orders.keeping(untracked))) {
            run.unpack(tar(new TarMaker().file("earlier/job", "from before\n")));
            run.start(
                    commands(
                            "echo changed > hello.txt; mkdir -p new .git sub/n; echo 1 > new/file; echo 2 > sub/n/file",
                            "echo 3 > .git/index; echo 4 > sub/x.log; ln -s hello.txt l; echo 5 > .hidden"),
                    output);
            run.await();
            assertEquals(
                    Map.of("earlier/job", "from before\n", "new/file", "1\n", "sub/n/file", "2\n", ".hidden", "5\n"),
                    collected(run, untracked));
            assertEquals(
                    Map.of("hello.txt", "changed\n", ".git/index", "3\n"),
                    collected(run, rules(List.of("hello.txt", ".git"), List.of(), false)));
            assertEquals(
                    6,
                    collected(run, rules(List.of("hello.txt", ".git"), List.of("**/*.log"), true))
                            .size());
        }
        assertTrue(output.all().contains("l is a link"), output.all());
    }

    @Test
    void filesOfVariablesAreForTheCommandsAlone() throws Exception {
        byte[] bytes = new byte[256];
        IntStream.range(0, 256).forEach(i -> bytes[i] = (byte) i);
        String expected =
                IntStream.range(0, 256).mapToObj(i -> String.format("%03o", i)).collect(Collectors.joining(" "));
        RecordedOutput output = new RecordedOutput();
        Map<String, byte[]> files =
                Map.of("KEY", "it's a %s \\n key\n".getBytes(UTF_8), "BYTES", bytes, "EMPTY", new byte[0]);
        try (Run run = executor.prepare(orders.withFiles(files))) {
            run.start(
                    commands(
                            "cat $KEY $EMPTY; echo $(od -An -v -to1 $BYTES)",
                            "for f in $KEY $BYTES $EMPTY; do ls -l $f | cut -c1-10; case $f in $PWD/*) exit 9;; esac; done",
                            "rm -f $KEY; ln -s hello.txt $KEY; mkdir $KEY.d"),
                    output);
            assertEquals(new Exit.Code(0), run.await(), output.all());
            run.start(commands("cat $KEY; ls -d $KEY.d 2>/dev/null || echo anew"), output);
            assertEquals(new Exit.Code(0), run.await(), output.all());
            assertEquals(
                    List.of("hello.txt", "sub/deep.txt"),
                    List.copyOf(collected(run, ArtifactRules.of(List.of("**"))).keySet()));
        }
        assertEquals(
                "it's a %s \\n key\n" + expected + "\n" + "-r--------\n".repeat(3) + "it's a %s \\n key\nanew\n",
                output.out());
    }

    @Test
    void filesOfVariablesHaveABound() throws Exception {
        byte[] most = new byte[JobOrder.FILE_BYTES];
        assertThrows(IOException.class, () -> executor.prepare(orders.withFiles(Map.of("A", most, "B", new byte[1]))));
        RecordedOutput output = new RecordedOutput();
        try (Run run = executor.prepare(orders.withFiles(Map.of("A", most)))) {
            run.start(commands("wc -c < $A"), output);
            assertEquals(new Exit.Code(0), run.await(), output.all());
        }
        assertEquals(Integer.toString(JobOrder.FILE_BYTES), output.out().strip());
    }

    @Test
    void aFileOfAVariableThatNoShellCanHaveIsLeftOutAndSaid() throws Exception {
        Result result = run(orders.withFiles(Map.of("../../x", new byte[1], "a.b", new byte[1]), "echo on"));

        assertEquals("on\n", result.output().out());
        assertTrue(result.output().all().contains("a.b"), result.output().all());
    }

    private static byte[] packed(Run run, List<String> paths, boolean untracked, Packed expected) throws Exception {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        assertEquals(expected, run.pack(paths, untracked, tar));
        return tar.toByteArray();
    }

    @Test
    void whatIsPackedIsUnpackedTheSame() throws Exception {
        String list = "find c -exec ls -ld {} + | sed 's/  */ /g' | cut -d' ' -f1,5- | grep -v '^total'";
        String[] make = {
            "mkdir -p c/bin c/empty c/ro c/deep/er 'c/with blank'; echo x > c/bin/tool; chmod 750 c/bin/tool",
            "echo secret > c/key; chmod 400 c/key; ln -s bin/tool c/t; ln -s /usr/bin/env c/env; ln -s nowhere c/gone",
            "ln c/key c/other; head -c 100000 /dev/zero | tr '\\000' y > c/deep/er/big; echo é > 'c/with blank/é'",
            "echo old > c/old; touch -t 202001020304.05 c/old c/empty; echo in > c/ro/f; chmod 555 c/ro; : > c/none",
            "mkfifo c/pipe; echo z > outside"
        };
        byte[] tar;
        RecordedOutput first = new RecordedOutput();
        RecordedOutput second = new RecordedOutput();
        try (Run run = executor.prepare(orders.of())) {
            run.start(commands(make), first);
            assertEquals(new Exit.Code(0), run.await(), first.all());
            Packed expected = new Packed(11, 2 + 7 + 7 + 100_000 + 3 + 4 + 3);
            tar = packed(run, List.of("c/", "c/missing"), false, expected);
            assertArrayEquals(tar, packed(run, List.of("c"), false, expected));
            run.start(commands("rm c/pipe", list), first);
            assertEquals(new Exit.Code(0), run.await(), first.all());
        }
        assertTrue(first.all().contains("c/pipe is not a plain file"), first.all());
        assertTrue(first.all().contains("nothing is there for c/missing"), first.all());
        try (Run run = executor.prepare(orders.of())) {
            run.unpack(new ByteArrayInputStream(tar));
            run.start(
                    commands(
                            list,
                            "test ! -e outside; rm c/ro/f 2>/dev/null || chmod 755 c/ro; rm -r c/ro; mkdir -m 555 c/ro"),
                    second);
            assertEquals(new Exit.Code(0), run.await(), second.all());
        }
        // A hard link is a file of its own now, which the list does not tell; a pipe's removal has changed its folder.
        assertEquals(withoutFolderOfPipe(first.out()), withoutFolderOfPipe(second.out()));
    }

    private static String withoutFolderOfPipe(String list) {
        return list.lines().filter(line -> !line.endsWith(" c")).collect(Collectors.joining("\n"));
    }

    @Test
    void whatWasUnpackedAndNotChangedIsPackedTheSame() throws Exception {
        RecordedOutput output = new RecordedOutput();
        byte[] tar;
        Packed expected = new Packed(3, 4);
        try (Run run = executor.prepare(orders.of())) {
            run.start(commands("mkdir -p a/b; echo x > a/b/c; ln -s b/c a/l; mkdir a/e; echo y > a/f"), output);
            assertEquals(new Exit.Code(0), run.await(), output.all());
            tar = packed(run, List.of("a"), false, expected);
        }
        try (Run run = executor.prepare(orders.of())) {
            run.unpack(new ByteArrayInputStream(tar));
            run.start(commands("cat a/l"), output);
            assertEquals(new Exit.Code(0), run.await(), output.all());
            assertArrayEquals(tar, packed(run, List.of("a"), false, expected));
        }
    }

    @Test
    void untrackedFilesCanBePacked() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (Run run = executor.prepare(orders.keeping(rules(List.of(), List.of(), true)))) {
            run.start(commands("echo changed > hello.txt; mkdir new; echo 1 > new/f; echo 2 > sub/g"), output);
            assertEquals(new Exit.Code(0), run.await(), output.all());
            packed(run, List.of(), true, new Packed(2, 4));
            packed(run, List.of("hello.txt"), true, new Packed(3, 12));
            packed(run, List.of(), false, new Packed(0, 0));
        }
    }

    @Test
    void namesThatCouldNotBeUnpackedAreLeftOutAndSaid() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (Run run = executor.prepare(orders.of())) {
            run.start(
                    commands(
                            "mkdir c; echo x > c/plain; echo x > 'c/back\\slash'; echo x > \"c/$(printf 'new\\nline')\"",
                            "echo x > c/$(printf 'a\\377'); ln -s \"$(printf 'a\\377')\" c/l"),
                    output);
            assertEquals(new Exit.Code(0), run.await(), output.all());
            byte[] tar = packed(run, List.of("c"), false, new Packed(1, 2));
            try (Run next = executor.prepare(orders.of())) {
                next.unpack(new ByteArrayInputStream(tar));
            }
        }
        assertEquals(
                4,
                output.system().stream()
                        .filter(line -> line.endsWith("it is not kept"))
                        .count(),
                output.all());
    }

    @Test
    void aStreamThatTakesNoMoreEndsThePacking() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (Run run = executor.prepare(orders.of())) {
            run.start(
                    commands("mkdir c; : > c/f; dd if=/dev/zero of=c/hole bs=1 count=1 seek=100000000000 2>&1"),
                    output);
            assertEquals(new Exit.Code(0), run.await(), output.all());
            OutputStream small = new OutputStream() {
                private long left = 10_000_000;

                @Override
                public void write(int b) {
                    throw new AssertionError("byte by byte");
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    left -= length;
                    if (left < 0) {
                        throw new IOException("too large");
                    }
                }
            };
            IOException failure = assertThrows(IOException.class, () -> run.pack(List.of("c"), false, small));
            assertEquals("too large", failure.getMessage());
        }
    }
}
