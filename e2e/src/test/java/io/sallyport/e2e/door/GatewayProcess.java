package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.e2e.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A gateway as an operator runs it: made by {@code ./sallyport init} in a new folder, run by {@code ./sallyport serve}
 * on a free port of loopback. Registered as a static extension it serves all tests of a class.
 */
final class GatewayProcess implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {
    /** The first administrator, who is also maintainer of every project. */
    static final String ADMIN = "root";

    private static final Pattern LISTENING = Pattern.compile("sallyport: listening on 127\\.0\\.0\\.1:(\\d+)\n");
    private static final int SHOWN_OF_LOG = 8000;

    private final List<String> settings;
    private final Path work;
    private String javaOptions = System.getenv().getOrDefault("SALLYPORT_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    private List<String> prefix = List.of();
    private @Nullable Running serving;
    private int port;
    private int signals;

    /** A gateway that is to have these settings, lines of {@code sallyport.yml}. */
    GatewayProcess(String... settings) {
        this.settings = List.of(settings);
        try {
            this.work = Files.createTempDirectory(
                    "sallyport-e2e",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The same with other options of the JVM. */
    GatewayProcess withJavaOptions(String options) {
        javaOptions = options;
        return this;
    }

    /** The same where it may have so many files open. */
    GatewayProcess withOpenFiles(int most) {
        prefix = List.of("sh", "-c", "ulimit -n " + most + " && exec \"$@\"", "sh");
        return this;
    }

    /** Where the launchers are. */
    static Path repository() {
        return Repository.ROOT;
    }

    /** A launcher at the repository's root. */
    static Program launcher(String name, String... words) {
        return Program.of(repository().resolve(name).toString()).with(words);
    }

    Path home() {
        return work.resolve("home");
    }

    /** A folder for whatever the tests of this gateway need, removed with it. */
    Path work() {
        return work;
    }

    int port() {
        return port;
    }

    Running process() {
        if (serving == null) {
            throw new IllegalStateException("not started");
        }
        return serving;
    }

    /** What the gateway has said on standard error, in all its lives. */
    String log() throws IOException {
        Path log = work.resolve("gateway.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** {@code init}, and the settings. */
    GatewayProcess init() throws IOException, InterruptedException {
        make();
        return configure();
    }

    /** {@code init} alone. */
    void make() throws IOException, InterruptedException {
        launcher("sallyport", "init", "--home", home().toString(), "--name", ADMIN)
                .with("--admin-key", key(ADMIN) + ".pub")
                .run()
                .ok();
    }

    /** The same as {@link #init} with what {@code init} has made once for all: starting programs in Java is most of what tests take. */
    GatewayProcess prepare() throws IOException, InterruptedException {
        Program.shell("cp -a " + PreparedHome.FOLDER + "/. " + work).run().ok();
        return configure();
    }

    private GatewayProcess configure() throws IOException, InterruptedException {
        Files.createDirectory(shared());
        List<String> lines = new ArrayList<>(settings);
        lines.add("builds.readOnlyPaths: " + shared());
        if (settings.stream().noneMatch(line -> line.startsWith("builds.shutdownGrace"))) {
            lines.add("builds.shutdownGrace: 1s");
        }
        Files.write(home().resolve("sallyport.yml"), lines, StandardOpenOption.APPEND);
        Files.writeString(knownHosts(), Ssh.HOST + " " + hostKey());
        return this;
    }

    /** {@code serve}; returns when it listens. */
    GatewayProcess start() throws IOException, InterruptedException {
        Running started = new Running(launch());
        serving = started;
        Matcher line = LISTENING.matcher(readyLine(started));
        assertEquals(
                true,
                line.matches(),
                () -> "the one line on standard output: " + started.out().text());
        port = Integer.parseInt(line.group(1));
        return this;
    }

    /** The same as if the machine itself had been started anew; only root can pretend that. */
    GatewayProcess startAfterReboot() throws IOException, InterruptedException {
        Path boot = Files.writeString(work.resolve("boot_id"), UUID.randomUUID() + "\n");
        prefix = List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind " + boot + " /proc/sys/kernel/random/boot_id && exec \"$@\"",
                "sh");
        return start();
    }

    private String readyLine(Running started) throws IOException, InterruptedException {
        try {
            return started.out().awaitLines(1);
        } catch (AssertionError e) {
            throw new AssertionError("it does not start: " + endOfLog(), e);
        }
    }

    private String endOfLog() throws IOException {
        String log = log();
        return log.substring(Math.max(0, log.length() - SHOWN_OF_LOG));
    }

    /** SIGTERM; returns when it has ended. */
    Outcome stop() throws InterruptedException {
        return process().terminate().end();
    }

    /** SIGKILL; returns when it has ended. */
    GatewayProcess kill() throws InterruptedException {
        process().kill().end();
        return this;
    }

    Ssh admin() {
        return client(work.resolve(ADMIN));
    }

    /** A new person with a key of their own and grants such as {@code builder:web} or {@code auditor}. */
    Ssh user(String name, String... grants) throws IOException, InterruptedException {
        admin().run("PUT /identities/" + name, "{\"grants\":[" + json(grants) + "]}")
                .ok();
        Path key = key(name);
        admin().run("POST /identities/" + name + "/keys", Files.readString(Path.of(key + ".pub")))
                .ok();
        return client(key);
    }

    /** The same with grants that are those of a group with this one member. */
    Ssh member(String name, String... grants) throws IOException, InterruptedException {
        Ssh member = user(name);
        admin().run("PUT /groups/of-" + name, "{\"members\":[\"" + name + "\"],\"grants\":[" + json(grants) + "]}")
                .ok();
        return member;
    }

    private static String json(String... grants) {
        List<String> granted = new ArrayList<>();
        for (String grant : grants) {
            granted.add("{\"role\":\"" + grant.replace(":", "\",\"project\":\"") + "\"}");
        }
        return String.join(",", granted);
    }

    /** A client with that key. */
    Ssh client(Path key) {
        return new Ssh(key, knownHosts(), this::port, List.of());
    }

    /** A new Ed25519 key, known to nobody yet. */
    Path key(String name) throws IOException, InterruptedException {
        return key(name, "-t", "ed25519");
    }

    Path key(String name, String... options) throws IOException, InterruptedException {
        Path key = work.resolve(name);
        Program.of("ssh-keygen", "-q", "-N", "", "-C", name, "-f", key.toString())
                .with(options)
                .run()
                .ok();
        return key;
    }

    /** Makes projects. */
    GatewayProcess projects(String... names) throws IOException, InterruptedException {
        for (String name : names) {
            admin().run("PUT /projects/" + name, "{}").ok();
        }
        return this;
    }

    /** Something that builds can wait for. */
    Signal signal() {
        return new Signal(shared().resolve("signal-" + ++signals));
    }

    /** A folder that builds can read. */
    Path shared() {
        return work.resolve("shared");
    }

    Path knownHosts() {
        return work.resolve("known_hosts");
    }

    /** How {@code serve} is called; port 0 is any free one. */
    Program serve(int wanted) {
        return launcher("sallyport", "serve", "--home", home().toString())
                .with("--bind", "127.0.0.1", "--port", Integer.toString(wanted));
    }

    private ProcessBuilder launch() {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(serve(0).words());
        ProcessBuilder builder = Program.of(words.toArray(String[]::new))
                .builder()
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        work.resolve("gateway.log").toFile()));
        builder.environment().put("SALLYPORT_JAVA_OPTS", javaOptions);
        return builder;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        prepare().start();
    }

    /** After a failed test, what the gateway has to say about it. */
    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            System.err.println("--- the gateway's log at the end of " + context.getDisplayName() + ":\n" + endOfLog());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        close();
    }

    /** Ends it, in the way that lets its builds end too, and removes all of its files. */
    @Override
    public void close() throws IOException {
        if (serving != null) {
            serving.terminate().awaitExit();
            serving.close();
        }
        new ProcessBuilder("rm", "-rf", work.toString())
                .inheritIO()
                .start()
                .onExit()
                .join();
    }

    private String hostKey() throws IOException, InterruptedException {
        byte[] line = Program.of(
                        "ssh-keygen", "-y", "-f", home().resolve("host_key").toString())
                .run()
                .ok()
                .out();
        return new String(line, StandardCharsets.UTF_8);
    }
}
