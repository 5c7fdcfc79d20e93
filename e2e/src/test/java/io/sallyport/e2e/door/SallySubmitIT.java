package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code sally submit} sends what the gateway lacks. */
class SallySubmitIT {
    private static final String SPEC = "script:\n  - cat data | wc -c\n  - cat big | sha256sum\n  - ls\n";
    private static final String BIG = "0123456789abcdef".repeat(100_000);

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static Ssh auditor;

    @BeforeAll
    static void projects() throws Exception {
        auditor = gateway.user("olga", "auditor");
        gateway.projects("web", "other");
    }

    @Test
    void onlyWhatChangedIsSentAgain() throws Exception {
        Sally sally = checkout().file("big", BIG + "only here");
        long before = received();
        long first = submitted(sally.run("submit", "-d"));
        long between = received();
        sally.file("data", "four");
        long second = submitted(sally.run("submit", "-d"));
        long after = received();

        assertEquals("succeeded", gateway.admin().ended(second).path("state").asText());
        assertTrue(log(second).contains("4\n"), log(second));
        assertEquals(
                "manifest",
                gateway.admin().build(first).path("source").path("kind").asText());
        assertTrue(between - before > BIG.length(), "all is sent at first: " + (between - before));
        assertTrue(after - between < 10_000, "and then what has changed: " + (after - between));
    }

    @Test
    void aSourceMadeOfItIsWhatWasSubmitted() throws Exception {
        Sally sally = checkout().file("bin/run", "#!/bin/sh\n");
        assertTrue(sally.folder().resolve("bin/run").toFile().setExecutable(true));
        Files.createSymbolicLink(sally.folder().resolve("link"), Path.of("data"));
        long build = submitted(sally.run("submit", "-d"));

        Path copy = Files.createDirectory(sally.home().resolve("copy"));
        byte[] tar =
                gateway.admin().run("GET /builds/" + build + "/source.tar").ok().out();
        Program.shell("tar xf -").in(copy).run(tar).ok();
        Program.of("diff", "-r", "--no-dereference", sally.folder().toString(), copy.toString())
                .run()
                .ok();
        assertTrue(Files.isExecutable(copy.resolve("bin/run")));
    }

    @Test
    void nobodyLearnsWhatAnotherProjectHas() throws Exception {
        String secret = "data of web " + System.nanoTime();
        Sally web = checkout().file("data", secret);
        submitted(web.run("submit", "-d"));
        Ssh bob = gateway.user("bob" + System.nanoTime() % 1000, "builder:other");
        String digest = digest(web.folder().resolve("data"));
        String manifest = "sallyport-manifest 1\n100644\t0\t" + secret.length() + "\t" + digest + "\tdata\n\n";

        Outcome known = bob.run("POST /projects/other/manifests", manifest).ok();

        assertEquals(
                "sha256:" + digest,
                Json.lines(known.text()).getLast().path("missing").asText());
        bob.run("submit other", manifest).problem(409);
        bob.run("POST /projects/web/manifests", manifest).problem(404);
    }

    @Test
    void changesAreOfABuildOfTheProjectAlone() throws Exception {
        Sally sally = checkout().file("data", "base " + System.nanoTime());
        long build = submitted(sally.run("submit", "-d"));
        String base = gateway.admin().build(build).path("source").path("digest").asText();
        Ssh eve = gateway.user("eve" + System.nanoTime() % 1000, "builder:other");
        long entries;
        try (Stream<Path> all = Files.walk(sally.folder())) {
            entries = all.count() - 1;
        }
        String none = "sallyport-changes 1\n" + base + "\t" + entries + "\n\n";

        JsonNode same = gateway.admin().run("submit web", none).ok().json();
        assertEquals(base, same.path("source").path("digest").asText());
        JsonNode problem = eve.run("submit other", none).problem(422);
        assertEquals("no-base", problem.path("type").asText());
        String unknown = none.replace(base, "sha256:" + "0".repeat(64));
        assertEquals(
                problem.path("detail").asText().replace(base, ""),
                eve.run("submit other", unknown)
                        .problem(422)
                        .path("detail")
                        .asText()
                        .replace("sha256:" + "0".repeat(64), ""),
                "what another project has and what nobody has look alike");
        eve.run("submit web", none).problem(404);
    }

    @Test
    void aFolderSubmittedAgainIsWhatItIsNow() throws Exception {
        Sally sally = checkout();
        for (int i = 0; i < 50; i++) {
            sally.file("many/f" + i, "file " + i);
        }
        submitted(sally.run("submit", "-d"));
        Program.shell("rm many/f7 && mv many/f8 f8 && rm data && mkdir data && echo in > data/in && chmod +x many/f9"
                        + " && ln -s many/f1 link && rm many/f2 && ln -s f1 many/f2 && touch -d 2020-01-01 many/f3")
                .in(sally.folder())
                .run()
                .ok();
        long before = received();
        long build = submitted(sally.run("submit", "-d"));
        assertTrue(received() - before < 10_500, "only what has changed is sent");

        Path copy = Files.createDirectory(sally.home().resolve("copy"));
        byte[] tar =
                gateway.admin().run("GET /builds/" + build + "/source.tar").ok().out();
        Program.shell("tar xf -").in(copy).run(tar).ok();
        Program.of("diff", "-r", "--no-dereference", sally.folder().toString(), copy.toString())
                .run()
                .ok();
        assertTrue(Files.isExecutable(copy.resolve("many/f9")));
        assertEquals(
                Files.getLastModifiedTime(sally.folder().resolve("many/f3")),
                Files.getLastModifiedTime(copy.resolve("many/f3")));
    }

    @Test
    void whatIsIgnoredStaysHomeAndWhatIsNotCommittedIsToldByALabel() throws Exception {
        Sally sally =
                checkout().file(".gitignore", "*.o\n").file("a.o", "object").file(".sallyignore", "big\n");
        sally = sally.file(".sallyport.yml", "script:\n  - ls\n");
        Program.shell(
                        "git init -q -b trunk && git add . && git -c user.name=a -c user.email=a@example.org commit -qm one")
                .in(sally.folder())
                .run()
                .ok();
        JsonNode clean = gateway.admin().build(submitted(sally.run("submit", "-d")));
        sally.file("new", "file");
        long build = submitted(sally.run("submit", "-d"));
        JsonNode dirty = gateway.admin().ended(build);

        assertEquals("trunk", clean.path("ref").asText());
        assertEquals(40, clean.path("commit").asText().length());
        assertFalse(clean.path("labels").has("dirty"), clean::toString);
        assertEquals("true", dirty.path("labels").path("dirty").asText(), dirty::toString);
        assertTrue(log(build).contains("data\nnew\n"), log(build));
        assertFalse(log(build).contains("a.o") || log(build).contains("big\n"), log(build));
    }

    @Test
    void aGatewayThatHasForgottenIsSentAllAgain() throws Exception {
        Sally sally = checkout();
        submitted(sally.run("submit", "-d"));
        gateway.admin().run("DELETE /projects/web").ok();
        gateway.projects("web");

        long build = submitted(sally.run("submit", "-d"));

        assertEquals("succeeded", gateway.admin().ended(build).path("state").asText());
    }

    @Test
    void aFileThatCannotBeReadIsNamedAndNothingIsSubmitted() throws Exception {
        Sally sally = checkout();
        Program.shell("mkdir loop && touch \"$(printf 'caf\\351')\"")
                .in(sally.folder())
                .run()
                .ok();

        Outcome refused = sally.run("submit", "-d").exits(66);

        assertTrue(refused.errors().startsWith("error: the file name 'caf"), refused.errors());
        assertEquals(1, refused.errorLines().size(), refused.errors());
    }

    private static Sally checkout() throws Exception {
        return Sally.of(gateway.admin(), gateway.work())
                .file(".sallyport.yml", SPEC)
                .file("data", "first")
                .file("big", BIG);
    }

    private static long submitted(Outcome outcome) {
        return Long.parseLong(outcome.ok().text().strip());
    }

    private static String log(long build) throws Exception {
        gateway.admin().ended(build);
        return gateway.admin().run("log " + build + " stream=out").ok().text();
    }

    /** How many bytes of bodies have been read in all. */
    private static long received() throws Exception {
        long bytes = 0;
        for (JsonNode record : Json.lines(auditor.run("GET /audit").ok().text())) {
            bytes += record.path("in").asLong();
        }
        return bytes;
    }

    private static String digest(Path file) throws Exception {
        return Program.of("sha256sum", file.toString()).run().ok().text().substring(0, 64);
    }
}
