package io.sallyport.builds.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.Refusal.NotFetched.Why;
import io.sallyport.builds.source.Received;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceKind;
import io.sallyport.builds.source.SourceLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits of real repositories, fetched from git's own server. */
class RepositoriesTest {
    @TempDir
    Path folder;

    private GitServer server;
    private Fetcher fetcher;

    @BeforeEach
    void open() throws Exception {
        server = new GitServer(Files.createDirectory(folder.resolve("repositories")));
        fetcher = new Fetcher(Files.createDirectory(folder.resolve("store")));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theFilesOfACommitAreThere() throws Exception {
        String commit = server.repository(
                "web",
                "mkdir -p src/deep && echo hello > src/deep/file && echo 'script: [make]' > .sallyport.yml",
                "echo run > tool && chmod +x tool && ln -s src/deep/file link && : > empty",
                "head -c 300000 /dev/urandom > big",
                "echo '*.txt export-ignore' > .gitattributes && echo '$Format:%H$' > note.txt");

        Source source = fetcher.source(server.url("web"));

        assertEquals(SourceKind.GIT, source.kind());
        assertEquals(commit, source.origin().orElseThrow().commit());
        assertEquals(
                Optional.of("refs/heads/main"), source.origin().orElseThrow().ref());
        assertEquals(server.url("web"), source.origin().orElseThrow().url());
        Path unpacked = fetcher.unpacked(source);
        assertEquals("hello\n", Files.readString(unpacked.resolve("src/deep/file")));
        assertEquals("hello\n", Files.readString(unpacked.resolve("link")));
        assertTrue(Files.isExecutable(unpacked.resolve("tool")));
        assertFalse(Files.isExecutable(unpacked.resolve("empty")));
        assertEquals("$Format:%H$\n", Files.readString(unpacked.resolve("note.txt")));
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("repositories/web/big")),
                Files.readAllBytes(unpacked.resolve("big")));
        assertFalse(Files.exists(unpacked.resolve(".git")));
        assertEquals(
                Instant.parse("2026-01-02T03:04:05Z"),
                Files.getLastModifiedTime(unpacked.resolve("tool")).toInstant());
    }

    @Test
    void theSameCommitIsTheSameBytesAndNothingElseIsLeft() throws Exception {
        server.repository("web", "echo hello > file");

        Source first = fetcher.source(server.url("web"));
        server.in("web", "echo more > file && git commit -qam two && git checkout -q -b other");
        Source second =
                fetcher.source(server.url("web"), first.origin().orElseThrow().commit());

        assertEquals(first.blob(), second.blob());
        assertEquals(1, fetcher.left().size());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "main, refs/heads/main, main",
                "refs/heads/main, refs/heads/main, main",
                "feature/x, refs/heads/feature/x, feature",
                "v1, refs/tags/v1, tagged",
                "refs/tags/v1, refs/tags/v1, tagged",
                "light, refs/tags/light, tagged",
                "both, refs/heads/both, feature",
                "refs/tags/both, refs/tags/both, main",
                "refs/pull/7/head, refs/pull/7/head, feature",
                "-, refs/heads/main, main",
            })
    void aRefIsWhatItIsForGit(String ref, String full, String content) throws Exception {
        server.repository("web", "echo tagged > file");
        server.in(
                "web",
                "git tag -a -m tag v1 && git tag light && git checkout -q -b feature/x && echo feature > file"
                        + " && git commit -qam two && git update-ref refs/pull/7/head HEAD && git branch both"
                        + " && git checkout -q main && echo main > file && git commit -qam three && git tag both");

        Source source = fetcher.source(server.url("web"), ref == null ? new String[0] : new String[] {ref});

        assertEquals(Optional.of(full), source.origin().orElseThrow().ref());
        assertEquals(content + "\n", Files.readString(fetcher.unpacked(source).resolve("file")));
        assertEquals(
                server.in("web", "git rev-parse " + full + "^{commit}"),
                source.origin().orElseThrow().commit());
    }

    /** Deltas of deltas, of blobs and trees, some with a base larger than what is held. */
    @Test
    void packsOfDifferencesAreUnpacked() throws Exception {
        server.repository(
                "web", "seq 1 400000 > numbers && mkdir many && for i in $(seq 1 300); do seq $i 600 > many/$i; done");
        server.in(
                "web",
                "for i in 1 2 3 4 5; do cp numbers n$i && echo $i >> n$i; sed -i 's/^7/seven/' n$i; done"
                        + " && git add -A && git commit -qm two && git repack -q -adf --depth=50 --window=50");

        Path unpacked = fetcher.unpacked(fetcher.source(server.url("web")));

        assertEquals(
                server.in("web", "cat numbers n? many/* | sha256sum"),
                sh(unpacked, "cat numbers n? many/* | sha256sum"));
    }

    @Test
    void aRepositoryOfSha256IsFetchedToo() throws Exception {
        String commit = server.repository("web", "--object-format=sha256", "echo hello > file");

        Source source = fetcher.source(server.url("web"), "main");

        assertEquals(64, commit.length());
        assertEquals(commit, source.origin().orElseThrow().commit());
        assertEquals("hello\n", Files.readString(fetcher.unpacked(source).resolve("file")));
    }

    @Test
    void submodulesAndLargeFilesAreSaid() throws Exception {
        server.repository(
                "web",
                "printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:00\\nsize 1\\n' > big.bin",
                "git update-index --add --cacheinfo 160000,0123456789012345678901234567890123456789,lib/sub");
        server.in(
                "web",
                "git update-index --add --cacheinfo 160000,0123456789012345678901234567890123456789,lib/sub"
                        + " && git commit -qm sub");

        try (Fetched.Ready ready = fetcher.ready(server.url("web"));
                Received.Pending pending = assertInstanceOf(Received.Pending.class, fetcher.received(ready))) {
            Path unpacked = fetcher.unpacked(pending.from(ready.origin()).commit());
            assertEquals(
                    List.of(
                            new FetchNotice("lib/sub", "submodules are not fetched, their folders are empty: lib/sub"),
                            new FetchNotice(
                                    "big.bin",
                                    "files of Git LFS are not fetched, there are pointers in their place: big.bin")),
                    ready.notices());
            assertTrue(Files.isDirectory(unpacked.resolve("lib/sub")));
        }
    }

    @Test
    void whatIsNotThereIsSaidWithTheNearestName() throws Exception {
        server.repository("web");

        assertEquals(
                new Refusal.NotFetched(
                        server.url("web"), Why.NO_REF, "it has no branch or tag 'mian', did you mean 'main'?"),
                fetcher.refusal(server.url("web"), "mian"));
        assertEquals(Why.NO_REPOSITORY, fetcher.notFetched(server.url("none")).why());
        assertEquals(
                "not our ref",
                fetcher.notFetched(server.url("web"), "0".repeat(39) + "1")
                        .words()
                        .replaceAll(".*(not our ref).*", "$1"));
    }

    @Test
    void anEmptyRepositoryHasNothing() throws Exception {
        server.in(".", "git init -q -b main empty");

        assertEquals(Why.NO_REF, fetcher.notFetched(server.url("empty")).why());
    }

    @Test
    void theRefIsAskedForBeforeAnythingIsFetched() throws Exception {
        server.repository("web", "echo hello > file");
        Refusal no = new Refusal.RefForbidden("refs/heads/main");

        Refusal refusal =
                fetcher.welcoming(ref -> ref.map(Refusal.RefForbidden::new)).refusal(server.url("web"));

        assertEquals(no, refusal);
        assertTrue(server.got().stream().noneMatch(request -> request.body().contains("command=fetch")));
    }

    @Test
    void moreThanTheLimitsIsRefused() throws Exception {
        server.repository("web", "head -c 200000 /dev/urandom > random && head -c 5000000 /dev/zero > zeros");

        assertEquals(
                new Refusal.TooLarge("bytes", 100_000),
                fetcher.with(new SourceLimits(100_000, 64 << 20, 1000, 20)).refusal(server.url("web")));
        assertEquals(
                new Refusal.TooLarge("unpacked bytes", 1_000_000),
                fetcher.with(new SourceLimits(1 << 20, 1_000_000, 1000, 20)).refusal(server.url("web")));
        Fetcher few = new Fetcher(
                Files.createDirectory(folder.resolve("few")),
                new GitLimits(1, Fetcher.GIT.timeout(), 3),
                host -> host,
                "localhost:*");
        assertEquals(new Refusal.TooLarge("git objects", 3), few.refusal(server.url("web")));
    }

    /** The same folder again and again is small in a pack, and large when it is laid out. */
    @Test
    void aBombOfTreesIsRefused() throws Exception {
        server.repository("web", "echo x > file");
        server.in(
                "web",
                "t=$(git write-tree); for i in 1 2 3 4 5 6 7; do t=$(for n in 0 1 2 3 4 5 6 7 8 9; do"
                        + " printf '040000 tree %s\\t%s\\n' $t d$n; done | git mktree); done;"
                        + " git update-ref refs/heads/main $(git commit-tree -m bomb $t)");

        try (Fetched.Ready ready = fetcher.ready(server.url("web"), "main")) {
            Received.Refused refused = assertInstanceOf(Received.Refused.class, fetcher.received(ready));
            assertEquals(new Refusal.TooLarge("entries", 1000), refused.refusal());
        }
        assertEquals(List.of(), fetcher.left());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".git", ".GIT", "a\\\\b"})
    void namesThatLeadElsewhereAreRefused(String name) throws Exception {
        server.repository("web", "echo x > file");
        server.in(
                "web",
                "b=$(git hash-object -w file); t=$(printf '100644 blob %s\\tfile\\n' $b | git mktree);"
                        + " printf '40000 %s\\0' '" + name + "' > tree; git rev-parse $t | xxd -r -p >> tree;"
                        + " r=$(git hash-object -t tree -w --literally tree);"
                        + " git update-ref refs/heads/main $(git commit-tree -m bad $r)");

        try (Fetched.Ready ready = fetcher.ready(server.url("web"), "main")) {
            Received.Refused refused = assertInstanceOf(Received.Refused.class, fetcher.received(ready));
            assertInstanceOf(Refusal.HostileEntry.class, refused.refusal());
        }
    }

    @Test
    void linksThatLeadOutAreRefused() throws Exception {
        server.repository("web", "ln -s /nowhere link");

        try (Fetched.Ready ready = fetcher.ready(server.url("web"))) {
            assertInstanceOf(
                    Refusal.HostileEntry.class,
                    assertInstanceOf(Received.Refused.class, fetcher.received(ready))
                            .refusal());
        }
    }

    private static String sh(Path folder, String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-ec", command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    }

    @Test
    void onlyTheOperatorsRepositoriesAreFetched() throws Exception {
        server.repository("team/web", "echo hello > file");
        Fetcher some = new Fetcher(Files.createDirectory(folder.resolve("some")), "localhost:*/team/**");

        assertEquals(SourceKind.GIT, some.source(server.url("team/web")).kind());
        for (String other : List.of("other/web", "teams/web", "team")) {
            assertEquals(
                    new Refusal.NotFetched(
                            server.url(other), Why.FORBIDDEN, "the repository is not allowed (git.allow)"),
                    some.refusal(server.url(other)));
        }
        assertEquals(
                Why.FORBIDDEN, some.notFetched("http://example.org/team/web").why());
    }

    @Test
    void aHostAtAnAddressInTheHouseIsNotReached() throws Exception {
        Fetcher inside = new Fetcher(
                Files.createDirectory(folder.resolve("inside")), Fetcher.GIT, host -> "10.0.0.1", "localhost:*");

        Refusal.NotFetched refusal = inside.notFetched(server.url("web"));

        assertEquals(Why.FORBIDDEN, refusal.why());
        assertTrue(refusal.words().contains("git.allowAddresses"), refusal.words());
        assertEquals(List.of(), server.got());
    }

    @Test
    void aRedirectIsLookedAtLikeTheFirstAddress() throws Exception {
        server.repository("team/web", "echo hello > file");
        Fetcher some = new Fetcher(Files.createDirectory(folder.resolve("some")), "localhost:*/team/**");
        redirect("/team/old", server.url("team/web") + "/info/refs?service=git-upload-pack");
        assertEquals(SourceKind.GIT, some.source(server.url("team/old")).kind());

        redirect("/team/old", server.url("secret/web") + "/info/refs?service=git-upload-pack");
        assertEquals(Why.FORBIDDEN, some.notFetched(server.url("team/old")).why());
        redirect("/team/old", "http://169.254.169.254/info/refs?service=git-upload-pack");
        assertEquals(Why.FORBIDDEN, some.notFetched(server.url("team/old")).why());
        redirect("/team/old", "/team/../secret/web/info/refs?service=git-upload-pack");
        assertEquals(Why.FAILED, some.notFetched(server.url("team/old")).why());
        redirect("/team/old", "/team/web/latest-meta-data");
        assertEquals(Why.FAILED, some.notFetched(server.url("team/old")).why());
        redirect("/team/old", "/team/old/info/refs?service=git-upload-pack");
        assertEquals(
                "it redirects again and again",
                some.notFetched(server.url("team/old")).words());
    }

    private void redirect(String from, String to) {
        server.instead(request -> request.line().startsWith("GET " + from)
                ? Optional.of(new GitServer.Reply(301, Map.of("Location", to), new byte[0]))
                : Optional.empty());
    }

    @Test
    void credentialsGoWhereTheyBelongAlone() throws Exception {
        server.repository("team/web", "echo hello > file");
        String basic = "Basic YW5uOnMzY3IzdCB0b2tlbg==";
        server.instead(request -> request.header("Authorization").equals(Optional.of(basic))
                ? Optional.empty()
                : Optional.of(new GitServer.Reply(
                        401, Map.of("WWW-Authenticate", "Basic realm=\"s3cr3t token\""), new byte[0])));
        String lines = "# mine\nhttp://other@elsewhere.example\nhttp://ann:s3cr3t%20token@localhost:" + server.port()
                + "/team\n";

        assertEquals(
                SourceKind.GIT,
                fetcher.showing(lines).source(server.url("team/web")).kind());
        assertTrue(fetcher.notFetched(server.url("teams/web")).words().contains("GIT_CREDENTIALS"));
        assertTrue(server.got().stream()
                .filter(request -> request.line().contains("teams"))
                .noneMatch(request -> request.header("Authorization").isPresent()));
    }

    @Test
    void whatARemoteSaysCannotAttackATerminalOrTellASecret() throws Exception {
        String said = "\u001b[31mred\r\n" + "hunter22 " + "x".repeat(1000);
        server.instead(request -> Optional.of(new GitServer.Reply(
                200,
                Map.of("Content-Type", "application/x-git-upload-pack-advertisement"),
                String.format("%04xERR %s", said.length() + 8, said).getBytes(UTF_8))));

        String words = fetcher.showing("http://ann:hunter22@localhost:" + server.port())
                .notFetched(server.url("web"))
                .words();

        assertTrue(words.startsWith("[31mred [MASKED] xxx"), words);
        assertTrue(words.length() < 250, words);
    }

    @Test
    void aServerThatHangsIsLeft() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Fetcher hasty = new Fetcher(
                    Files.createDirectory(folder.resolve("hasty")),
                    new GitLimits(1, Duration.ofMillis(300), 100),
                    host -> host,
                    "localhost:*");

            Refusal.NotFetched refusal = hasty.notFetched("http://localhost:" + silent.getLocalPort() + "/web");

            assertEquals(Why.TIMED_OUT, refusal.why());
        }
    }

    @Test
    void aServerThatStopsInTheMiddleIsLeft() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.startVirtualThread(() -> beginAndHang(listening));
            Fetcher hasty = new Fetcher(
                    Files.createDirectory(folder.resolve("hasty")),
                    new GitLimits(1, Duration.ofMillis(500), 100),
                    host -> host,
                    "localhost:*");

            Refusal.NotFetched refusal = hasty.notFetched("http://localhost:" + listening.getLocalPort() + "/web");

            assertEquals(Why.TIMED_OUT, refusal.why());
            server.interrupt();
        }
    }

    private static void beginAndHang(ServerSocket listening) {
        try (Socket socket = listening.accept()) {
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n"
                                    + "Content-Length: 1000\r\n\r\n000e")
                            .getBytes(UTF_8));
            Thread.sleep(Duration.ofMinutes(1));
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aServerThatIsNotThereIsSaid() throws Exception {
        int port = server.port();
        server.close();

        assertEquals(
                Why.UNREACHABLE,
                fetcher.notFetched("http://localhost:" + port + "/web").why());
    }

    @Test
    void aWebSiteIsNoRepository() throws Exception {
        server.instead(request ->
                Optional.of(new GitServer.Reply(200, Map.of("Content-Type", "text/html"), "<html>".getBytes(UTF_8))));

        assertEquals(Why.NO_REPOSITORY, fetcher.notFetched(server.url("web")).why());
    }
}
