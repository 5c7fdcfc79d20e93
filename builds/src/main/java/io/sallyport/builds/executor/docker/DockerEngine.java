package io.sallyport.builds.executor.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.SyncDockerCmd;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine that has answered, and the version that is spoken with it. Any thread. */
final class DockerEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);
    /** The newest version that this gateway was tried with, and the oldest that has all that it needs (Docker 18.09). */
    private static final RemoteApiVersion NEWEST = RemoteApiVersion.create(1, 44);

    private static final RemoteApiVersion OLDEST = RemoteApiVersion.create(1, 39);
    private static final int CONNECTIONS = 10_000;
    private static final int WORDS = 64 << 10;
    static final String CONTAINERS = "containers";
    static final String NETWORKS = "networks";
    static final String SERVICES = "services";
    private static final String FORCE = "?force=1&v=1";
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);
    private static final int DOCUMENT = 64 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EngineAddress address;
    private final DockerHttpClient transport;
    private final DockerClient client;
    private final RemoteApiVersion version;
    private final DockerLimits limits;
    private final Removals removals = new Removals();

    private DockerEngine(
            EngineAddress address,
            DockerHttpClient transport,
            DockerClient client,
            RemoteApiVersion version,
            DockerLimits limits) {
        this.address = address;
        this.transport = transport;
        this.client = client;
        this.version = version;
        this.limits = limits;
    }

    /**
     * Asks an engine for its version, and settles on one that both sides know.
     *
     * @throws EngineException when it cannot be reached, or there is no such version
     * @throws InterruptedException when the thread is interrupted
     */
    static DockerEngine connect(EngineAddress address, DockerLimits limits)
            throws EngineException, InterruptedException {
        try {
            return reach(address, limits);
        } catch (EngineException e) {
            throw e.ofStranger();
        }
    }

    private static DockerEngine reach(EngineAddress address, DockerLimits limits)
            throws EngineException, InterruptedException {
        DockerHttpClient transport =
                Deadline.call("use the engine at " + address, limits.call(), () -> transport(address, limits.call()));
        boolean done = false;
        try {
            DockerClient asking =
                    DockerClientImpl.getInstance(new EngineConfig(address, RemoteApiVersion.unknown()), transport);
            Version server = Deadline.call(
                    "reach the engine at " + address + shown(address), limits.call(), asking.versionCmd()::exec);
            RemoteApiVersion version = common(server);
            LOG.info("engine at {}: {}, API {}", address, server.getVersion(), version.getVersion());
            DockerClient client = DockerClientImpl.getInstance(new EngineConfig(address, version), transport);
            done = true;
            return new DockerEngine(address, transport, client, version, limits);
        } finally {
            if (!done) {
                close(transport);
            }
        }
    }

    /** A handshake that fails often says no more than that the connection broke. */
    private static String shown(EngineAddress address) {
        return address.certificates()
                .map(folder -> " with the certificates in " + folder)
                .orElse("");
    }

    private static DockerHttpClient transport(EngineAddress address, Duration limit) throws IOException {
        ZerodepDockerHttpClient.Builder builder = new ZerodepDockerHttpClient.Builder()
                .dockerHost(address.uri())
                .maxConnections(CONNECTIONS)
                .connectionTimeout(limit);
        if (address.certificates().isPresent()) {
            SSLContext context = new TlsFolder(address.certificates().get()).context();
            builder.sslConfig(() -> context);
        }
        return new FreshConnections(builder.build());
    }

    private static RemoteApiVersion common(Version server) throws EngineException {
        RemoteApiVersion newest = parsed(server.getApiVersion());
        RemoteApiVersion oldest = parsed(Objects.requireNonNullElse(server.getMinAPIVersion(), "1.12"));
        if (!newest.isGreaterOrEqual(OLDEST)) {
            throw EngineException.silent(
                    "use the engine",
                    "it is too old: it speaks API " + newest.getVersion() + ", at least " + OLDEST.getVersion()
                            + " is needed",
                    new IllegalStateException(newest.getVersion()));
        }
        if (!NEWEST.isGreaterOrEqual(oldest)) {
            throw EngineException.silent(
                    "use the engine",
                    "it is too new: it speaks API " + oldest.getVersion() + " at least, this gateway "
                            + NEWEST.getVersion(),
                    new IllegalStateException(oldest.getVersion()));
        }
        return NEWEST.isGreaterOrEqual(newest) ? newest : NEWEST;
    }

    private static RemoteApiVersion parsed(String version) throws EngineException {
        try {
            return RemoteApiVersion.parseConfig(version);
        } catch (IllegalArgumentException e) {
            throw EngineException.silent("use the engine", "its API has no version: " + version, e);
        }
    }

    DockerLimits limits() {
        return limits;
    }

    /** What is to be removed from it. */
    Removals removals() {
        return removals;
    }

    /**
     * Waits for an engine that is restarted until it answers and has been told what to remove, no longer than a call may
     * take; should it not answer then, the next call says so.
     */
    void awaitAnswer() throws InterruptedException {
        long deadline = System.nanoTime() + limits.call().toNanos();
        boolean answered = false;
        while (!answered && System.nanoTime() < deadline) {
            try {
                ask("reach it", DockerClient::versionCmd);
                answered = true;
            } catch (EngineException e) {
                answered = !e.isLost();
                Thread.sleep(ASK_AGAIN);
            }
        }
        removals.await(deadline);
    }

    /** Asks it something, within a time; a failure says which engine it was. */
    <T> T call(String what, Duration limit, Callable<T> call) throws EngineException, InterruptedException {
        try {
            return Deadline.call(what, limit, call);
        } catch (EngineException e) {
            throw e.of(address);
        }
    }

    /** Sends a command whose answer is one document, within the time of a call. */
    <T> T ask(String what, Function<DockerClient, ? extends SyncDockerCmd<T>> command)
            throws EngineException, InterruptedException {
        return call(what, limits.call(), () -> {
            try (SyncDockerCmd<T> closed = command.apply(client)) {
                return closed.exec();
            }
        });
    }

    /** The same for one without an answer. */
    void tell(String what, Function<DockerClient, ? extends SyncDockerCmd<Void>> command)
            throws EngineException, InterruptedException {
        call(what, limits.call(), () -> {
            try (SyncDockerCmd<Void> closed = command.apply(client)) {
                closed.exec();
            }
            return true;
        });
    }

    /** The client library's own, for commands that answer by and by. */
    DockerClient client() {
        return client;
    }

    /**
     * Opens a stream of bytes from the engine that comes as it is made, to be closed by the caller; only its opening has a
     * deadline.
     *
     * @param path below the version, with its query
     */
    EngineStream open(String what, String path) throws EngineException, InterruptedException {
        return stream(what, request("GET", path).build(), limits.call());
    }

    /** The same for one that is asked for by a POST. */
    EngineStream await(String what, String path) throws EngineException, InterruptedException {
        return stream(what, request("POST", path).build(), limits.call());
    }

    /** The same for one whose bytes are there: it breaks off when it is not read and closed within the time for files. */
    InputStream fetch(String what, String path) throws EngineException, InterruptedException {
        return stream(what, request("GET", path).build(), limits.transfer()).within(limits.transfer());
    }

    /** The same for a conversation: what {@code input} gives is sent meanwhile, until it ends. */
    InputStream converse(String what, String path, InputStream input) throws EngineException, InterruptedException {
        return stream(what, request("POST", path).hijackedInput(input).build(), limits.call());
    }

    /** The same for one whose input may end before its output does, of what a document says. */
    Dialogue talk(String what, String path, String json) throws EngineException, InterruptedException {
        return call(what, limits.call(), () -> Dialogue.begin(address, what, "/v" + version.getVersion() + path, json));
    }

    /** Sends a stream of bytes and waits until the engine has taken them. */
    void send(String what, String path, InputStream body) throws EngineException, InterruptedException {
        Request request = request("PUT", path)
                .putHeader("Content-Type", "application/x-tar")
                .body(body)
                .build();
        call(what, limits.transfer(), () -> {
            checked(what, transport.execute(request)).close();
            return true;
        });
    }

    /** The name of the machine that it is on. */
    String name() throws EngineException, InterruptedException {
        return document("read /info", "/info").path("Name").asText();
    }

    /** Asks for a document of JSON. */
    JsonNode document(String what, String path) throws EngineException, InterruptedException {
        return document(what, path, Optional.empty());
    }

    /** The same, with a registry's credentials. */
    JsonNode document(String what, String path, Optional<AuthConfig> auth)
            throws EngineException, InterruptedException {
        return exchange(what, request("GET", path), auth);
    }

    /** Sends a document of JSON, with a registry's credentials if need be, and gives the one that answers. */
    JsonNode post(String what, String path, JsonNode document, Optional<AuthConfig> auth)
            throws EngineException, InterruptedException {
        Request.Builder request = request("POST", path)
                .putHeader("Content-Type", "application/json")
                .body(new ByteArrayInputStream(document.toString().getBytes(StandardCharsets.UTF_8)));
        return exchange(what, request, auth);
    }

    /** Removes what a path names. */
    void delete(String what, String path) throws EngineException, InterruptedException {
        exchange(what, request("DELETE", path), Optional.empty());
    }

    /**
     * Makes something that has a name. When the engine does not say what has become of it, or somebody does not wait for
     * that, it is removed should it be there.
     *
     * @param kind as paths have it, such as {@code containers}
     */
    <T> T make(String kind, String name, Making<T> making) throws EngineException, InterruptedException {
        boolean known = false;
        try {
            T made = making.make();
            known = true;
            return made;
        } catch (EngineException e) {
            known = e.status() != EngineException.NONE;
            throw e;
        } finally {
            if (!known) {
                removals.removeShouldItCome(kind + "/" + name, limits.call(), () -> remove(kind, name));
            }
        }
    }

    /** Something that an engine is asked to make. */
    interface Making<T> {
        T make() throws EngineException, InterruptedException;
    }

    /** Removes what is called so, whatever it is at; whether it was there. */
    boolean remove(String kind, String name) throws EngineException, InterruptedException {
        try {
            delete("remove " + kind + "/" + name, "/" + kind + "/" + name + (kind.equals(CONTAINERS) ? FORCE : ""));
            return true;
        } catch (EngineException e) {
            if (e.isAbsent()) {
                return false;
            }
            if (e.isConflict()) { // somebody else removes it at this moment
                return true;
            }
            throw e;
        }
    }

    private JsonNode exchange(String what, Request.Builder request, Optional<AuthConfig> auth)
            throws EngineException, InterruptedException {
        return call(what, limits.call(), () -> {
            if (auth.isPresent()) {
                byte[] json = JSON.writeValueAsBytes(auth.get());
                request.putHeader("X-Registry-Auth", Base64.getUrlEncoder().encodeToString(json));
            }
            try (Response response = checked(what, transport.execute(request.build()));
                    InputStream body = response.getBody()) {
                byte[] bytes = body.readNBytes(DOCUMENT + 1);
                if (bytes.length > DOCUMENT) {
                    throw new IOException("its answer is longer than " + DOCUMENT + " bytes");
                }
                return JSON.readTree(bytes);
            }
        });
    }

    /** Whether a version of its API is spoken, or a newer one. */
    boolean speaks(int major, int minor) {
        return version.isGreaterOrEqual(RemoteApiVersion.create(major, minor));
    }

    private Request.Builder request(String method, String path) {
        return Request.builder()
                .method(method)
                .path("/" + "v" + version.getVersion() + path)
                .putHeader("Accept", "*/*");
    }

    private EngineStream stream(String what, Request request, Duration limit)
            throws EngineException, InterruptedException {
        return call(what, limit, () -> new EngineStream(checked(what, transport.execute(request))));
    }

    private static Response checked(String what, Response response) throws IOException {
        if (response.getStatusCode() < 400) {
            return response;
        }
        try (response;
                InputStream body = response.getBody()) {
            String words = new String(body.readNBytes(WORDS), StandardCharsets.UTF_8);
            throw EngineException.refused(
                    what, response.getStatusCode(), EngineWords.of(words), new IOException(words));
        }
    }

    private static void close(DockerHttpClient transport) {
        try {
            transport.close();
        } catch (IOException e) {
            LOG.warn("closing the connections to an engine failed", e);
        }
    }

    @Override
    public void close() {
        removals.close();
        close(transport);
    }
}
