package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gateway as strangers install it: an archive with its own runtime, an image, a stack of a Swarm, a unit of systemd. */
@Timeout(600)
class DeploymentIT {
    private static final Duration LONG = Duration.ofMinutes(3);

    /** Of an image with glibc, the shell of busybox, and no Java: what the runtime in a folder asks for, and no more. */
    private static final String BASE = """
            mkdir -p root/bin root/etc root/tmp root/usr
            chmod 1777 root/tmp
            ln -s ../bin root/usr/bin
            cp "$(command -v busybox)" root/bin/busybox
            busybox --list | grep -vx busybox | while read -r applet; do ln -s busybox "root/bin/$applet"; done
            find sallyport/runtime -name '*.so' -o -name java | xargs ldd 2> /dev/null | grep -o ' /[^ ]*' |
              { cat; ldd /bin/sh | grep -o '/[^ ]*'; } | grep -v sallyport/runtime | sort -u | while read -r library; do
                mkdir -p "root/${library%/*}"
                cp -L "$library" "root/$library"
              done
            tar -C root -c .
            """;

    /** The two archives of this version, with a runtime, in folders. */
    private static final String UNPACK = """
            for each in ssh-gateway/target/sallyport client-cli/target/sally; do
              ls "$0/$each"-*.tar.gz | grep -Ev 'linux|macos' | xargs -I ARCHIVE cp ARCHIVE "${each##*/}.tar.gz"
            done
            "$0"/bin/self-contained sallyport.tar.gz sally.tar.gz
            for each in sallyport sally; do
              mkdir "$each"
              tar -xzf "$each"-*.tar.gz -C "$each" --strip-components=1
            done
            """;

    private static DockerEngine engine;
    private static Path folder;
    /** As it is in the archive. */
    private static Path deploy;

    @BeforeAll
    static void unpackWhatIsInstalled() throws Exception {
        engine = DockerEngine.start();
        folder = Files.createTempDirectory("sallyport-deployment");
        Program.of("sh", "-ec", UNPACK, GatewayProcess.repository().toString())
                .in(folder)
                .run()
                .ok();
        deploy = folder.resolve("sallyport/deploy");
        byte[] root = Program.shell(BASE).in(folder).run().ok().out();
        docker("import", "-", "base").run(root).ok();
        Program.of(
                        "env",
                        "DOCKER_HOST=" + engine.host(),
                        deploy.resolve("image").toString())
                .with(Program.shell("ls sallyport-*.tar.gz")
                        .in(folder)
                        .run()
                        .ok()
                        .text()
                        .strip())
                .with("--tag", "sallyport:test", "--build-arg", "BASE=base")
                .in(folder)
                .run()
                .ok();
        Program.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key")
                .in(folder)
                .run()
                .ok();
    }

    @AfterAll
    static void remove() throws Exception {
        if (engine != null) {
            engine.close();
        }
        if (folder != null) {
            Program.of("rm", "-rf", folder.toString()).run();
        }
    }

    private static Program docker(String... words) {
        return Program.of("docker", "--host", engine.host()).with(words).in(folder);
    }

    @Test
    void theClientNeedsNoJavaOfTheMachine() throws Exception {
        Outcome version = docker("run", "--rm", "--volume", folder.resolve("sally") + ":/opt/sally:ro", "base")
                .with("/opt/sally/bin/sally", "version")
                .run()
                .ok();
        assertTrue(version.text().startsWith("sally "), version::text);
    }

    @Test
    void theStackServesAndKeepsItsStateWhenItIsReplaced() throws Exception {
        Files.writeString(folder.resolve("sallyport.yml"), "builds.sandbox: none\nlimits.sourceEntries: 77\n");
        docker("swarm", "init", "--advertise-addr", "127.0.0.1").run().ok();
        String node = docker("node", "ls", "--quiet").run().ok().text().strip();
        docker("node", "update", "--label-add", "sallyport=gateway", node).run().ok();
        docker("secret", "create", "sallyport_admin_key", "key.pub").run().ok();

        Program.of("env", "DOCKER_HOST=" + engine.host(), "SALLYPORT_IMAGE=sallyport:test")
                .with("SALLYPORT_SETTINGS=" + folder.resolve("sallyport.yml"), "SALLYPORT_ADMIN_NAME=ann")
                .with(
                        "docker",
                        "stack",
                        "deploy",
                        "--compose-file",
                        deploy.resolve("stack.yml").toString(),
                        "house")
                .in(folder)
                .run()
                .ok();
        String first = listening("");

        assertEquals("ann", ssh(first, "whoami").run().json().path("identity").asText());
        ssh(first, "PUT /projects/web").run("{}".getBytes(UTF_8)).ok();
        Outcome built = ssh(first, "submit web follow=true")
                .run(Source.script("id -u; echo built").tar());
        assertTrue(built.ok().text().contains("\n10001\nbuilt\n"), built::text);
        assertTrue(ssh(first, "GET /").run().ok().text().contains("77"));

        docker("service", "update", "--force", "--detach", "house_gateway")
                .run()
                .ok();
        String second = listening(first);
        assertEquals(
                "succeeded", ssh(second, "show 1").run().json().path("state").asText());
        String ended = docker("inspect", "--format", "{{.State.ExitCode}}", first)
                .run()
                .ok()
                .text()
                .strip();
        assertEquals("0", ended);
        docker("stack", "rm", "house").run().ok();
        Await.until(
                "the stack to be gone",
                LONG,
                () -> docker("ps", "--quiet").run().text().isBlank());
    }

    /** A build would run with the gateway's keys in its reach: whoever has forgotten the settings has no gateway, and is told why. */
    @Test
    void anImageWithoutSettingsThatSayWhereBuildsRunDoesNotServe() throws Exception {
        Outcome forgotten = image("forgotten").run();

        assertEquals(78, forgotten.exit(), forgotten::errors);
        assertTrue(forgotten.errors().contains("no sandbox: bwrap: "), forgotten::errors);
        assertTrue(
                forgotten.errors().contains("set builds.executor to docker or swarm, and docker.host"),
                forgotten::errors);
        assertFalse(forgotten.text().contains("listening"), forgotten::text);

        Path settings = Files.writeString(folder.resolve("auto.yml"), "builds.sandbox: auto\nbuilds.atOnce: 1\n");
        Outcome open = image("open", "--volume", settings + ":/etc/sallyport/sallyport.yml:ro")
                .run();
        assertEquals(78, open.exit(), open::errors);

        Outcome check = docker("run", "--rm", "--volume", "forgotten:/var/lib/sallyport", "sallyport:test")
                .with("admin", "check", "--home", "/var/lib/sallyport")
                .run();
        assertEquals(1, check.exit(), check::text);
        assertTrue(check.text().contains("ERROR    the sandbox does not work (there is no bwrap)"), check::text);
        assertTrue(check.text().contains("in a container builds belong on an engine or a Swarm"), check::text);
    }

    @Test
    void aFileThatDockerHasMadeAFolderOfIsNamed() throws Exception {
        Outcome key = docker(
                        "run", "--rm", "--volume", folder.resolve("none.pub") + ":/run/secrets/sallyport_admin_key:ro")
                .with("sallyport:test")
                .run();
        assertEquals(66, key.exit(), key::errors);
        assertTrue(key.errors().contains("/run/secrets/sallyport_admin_key is a folder, not a file"), key::errors);

        Outcome settings = image("folder", "--volume", folder.resolve("none.yml") + ":/etc/sallyport/sallyport.yml:ro")
                .run();
        assertEquals(66, settings.exit(), settings::errors);
        assertTrue(settings.errors().contains("/etc/sallyport/sallyport.yml is a folder"), settings::errors);
    }

    /** As Docker makes one: the library of SQLite is unpacked there. */
    @Test
    void aTmpThatProgramsCannotBeRunFromIsNamed() throws Exception {
        Outcome refused = docker("run", "--rm", "--read-only", "--tmpfs", "/tmp")
                .with("--volume", folder.resolve("key.pub") + ":/run/secrets/sallyport_admin_key:ro")
                .with("sallyport:test")
                .run();

        assertEquals(78, refused.exit(), refused::errors);
        assertTrue(refused.errors().contains("since /tmp is no place that programs can be run from"), refused::errors);
        assertFalse(refused.errors().contains("\tat "), refused::errors);
    }

    /** The image as the docs run it, with a volume for its state, in the foreground. */
    private static Program image(String state, String... options) {
        return docker("run", "--rm", "--read-only", "--cap-drop", "ALL")
                .with("--volume", state + ":/var/lib/sallyport", "--volume", state + "-scratch:/tmp")
                .with("--volume", folder.resolve("key.pub") + ":/run/secrets/sallyport_admin_key:ro")
                .with(options)
                .with("sallyport:test");
    }

    /** The container that serves, once it does. */
    private static String listening(String butNot) throws Exception {
        return Await.found("the gateway to serve", LONG, () -> {
            List<String> running = docker("ps", "--quiet", "--no-trunc", "--filter", "name=house_gateway")
                    .run()
                    .text()
                    .lines()
                    .filter(id -> !id.equals(butNot))
                    .toList();
            return running.stream().filter(DeploymentIT::serves).findFirst();
        });
    }

    private static boolean serves(String container) {
        try {
            return docker("logs", container).run().text().contains("sallyport: listening on 0.0.0.0:2222\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Program ssh(String container, String request) {
        return Program.of("ssh", "-q", "-i", "key", "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes")
                .with("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null")
                .with(
                        "-o",
                        "ProxyCommand=docker --host " + engine.host() + " exec -i " + container + " nc 127.0.0.1 2222")
                .with("gateway", request)
                .in(folder);
    }

    @Test
    void theUnitIsOneThatSystemdTakes() throws Exception {
        Program.need("systemd-analyze");
        Path unit = folder.resolve("sallyport.service");
        String written = Files.readString(deploy.resolve("sallyport.service"));
        Files.writeString(unit, written.replace("/opt/sallyport/", folder.resolve("sallyport") + "/"));

        Outcome verified =
                Program.of("systemd-analyze", "verify", unit.toString()).run().ok();
        assertFalse(verified.errors().contains("sallyport.service"), verified::errors);
    }
}
