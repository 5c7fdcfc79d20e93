package io.sallyport.builds.git;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.Refusal.NotFetched.Why;
import io.sallyport.builds.secret.Secret;
import io.sallyport.builds.web.Destinations;
import io.sallyport.builds.web.PinnedClient;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongPredicate;
import javax.net.ssl.SSLException;

/**
 * The requests of one fetch. All go to one host, at an address that was looked at; the first may be led elsewhere, to what is
 * looked at in the same way. What the network does wrong is a {@link GitFailure}, so that all else is the gateway's. For one
 * thread; when the time is over everything that waits here ends.
 */
final class GitHttp implements Closeable {
    private static final String SERVICE = "/info/refs?service=git-upload-pack";
    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_ADDRESSES = 4;

    private final Places places;
    private final PinnedClient clients;
    private final Credentials credentials;
    private final Duration timeout;
    private final long mostBytes;
    private final LongPredicate more;
    private final Thread watch;
    private volatile boolean late;
    private volatile HttpClient client;
    private URI repository;
    private InetAddress address = InetAddress.getLoopbackAddress();
    private long bytes;

    /**
     * Begins; the time runs from now on.
     *
     * @param mostBytes that may come, all together
     * @param more asked of bytes that have come: whether more may
     */
    GitHttp(
            Places places,
            PinnedClient clients,
            Credentials credentials,
            URI repository,
            Duration timeout,
            long mostBytes,
            LongPredicate more) {
        this.places = places;
        this.clients = clients;
        this.credentials = credentials;
        this.repository = repository;
        this.timeout = timeout;
        this.mostBytes = mostBytes;
        this.more = more;
        this.client = clients.client(repository);
        this.watch = Thread.ofVirtual().name("git-timeout").start(this::watch);
    }

    private void watch() {
        try {
            Thread.sleep(timeout);
            late = true;
            client.shutdownNow();
        } catch (InterruptedException e) {
            // The fetch has ended in time.
        }
    }

    /** Says hello, and finds the address that is spoken to from then on. */
    InputStream hello() throws IOException {
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<InputStream> answer = greet(places.open(repository));
            if (answer.statusCode() / 100 != 3) {
                return body(answer, "application/x-git-upload-pack-advertisement");
            }
            answer.body().close();
            follow(answer);
        }
        throw GitFailure.of(Why.FAILED, "it redirects again and again");
    }

    private HttpResponse<InputStream> greet(List<InetAddress> addresses) throws IOException {
        GitFailure failure = GitFailure.of(Why.UNREACHABLE, "it has no address");
        for (InetAddress each : addresses.stream().limit(MOST_ADDRESSES).toList()) {
            address = each;
            try {
                return send(request(repository + SERVICE).GET());
            } catch (Unconnected e) {
                failure = e.failure();
            }
        }
        throw failure;
    }

    /** Where it leads may be another repository's address alone, and never from TLS to without. */
    private void follow(HttpResponse<InputStream> answer) throws IOException {
        String to = answer.headers().firstValue("location").orElse("");
        URI next;
        try {
            next = URI.create(repository + SERVICE).resolve(to);
        } catch (IllegalArgumentException e) {
            throw GitFailure.of(Why.FAILED, "it redirects to what is no address");
        }
        String whole = next.toString();
        if (!whole.endsWith(SERVICE) || next.getHost() == null || next.getRawUserInfo() != null) {
            throw GitFailure.of(Why.FAILED, "it redirects to what is no repository: " + Words.of(whole));
        }
        boolean wasTls = Destinations.isTls(repository);
        repository = places.admit(whole.substring(0, whole.length() - SERVICE.length()));
        if (wasTls && !Destinations.isTls(repository)) {
            throw GitFailure.of(Why.FAILED, "it redirects to where there is no TLS");
        }
        client.shutdownNow();
        client = clients.client(repository);
    }

    /** Asks for something. */
    InputStream ask(byte[] request) throws IOException {
        HttpResponse<InputStream> answer;
        try {
            answer = send(request(repository + "/git-upload-pack")
                    .header("Content-Type", "application/x-git-upload-pack-request")
                    .header("Accept", "application/x-git-upload-pack-result")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(request)));
        } catch (Unconnected e) {
            throw e.failure();
        }
        return body(answer, "application/x-git-upload-pack-result");
    }

    private HttpRequest.Builder request(String url) {
        HttpRequest.Builder builder = PinnedClient.request(URI.create(url), address)
                .header("User-Agent", "git/2 (sallyport)")
                .header("Git-Protocol", "version=2");
        credentials.authorization(repository).ifPresent(value -> builder.header("Authorization", value));
        return builder;
    }

    /** No connection was made; another address may do. */
    private static final class Unconnected extends Exception {
        private static final long serialVersionUID = 1;

        private final GitFailure failure;

        Unconnected(GitFailure failure) {
            super(failure);
            this.failure = failure;
        }

        GitFailure failure() {
            return failure;
        }
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException, Unconnected {
        if (late) {
            throw late();
        }
        CompletableFuture<HttpResponse<InputStream>> answer =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw GitFailure.of(new Refusal.Interrupted());
        } catch (ExecutionException e) {
            if (late) {
                throw late();
            }
            switch (e.getCause()) {
                case ConnectException refused ->
                    throw new Unconnected(GitFailure.of(Why.UNREACHABLE, "it cannot be connected to"));
                case HttpConnectTimeoutException slow ->
                    throw new Unconnected(GitFailure.of(Why.UNREACHABLE, "it cannot be connected to"));
                case SSLException wrong ->
                    throw GitFailure.of(Why.UNREACHABLE, "TLS failed: " + Words.of(String.valueOf(wrong.getMessage())));
                case IOException broken -> throw broken();
                case RuntimeException bug -> throw bug;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private InputStream body(HttpResponse<InputStream> answer, String type) throws IOException {
        int status = answer.statusCode();
        if (status != 200) {
            answer.body().close();
            throw switch (status) {
                case 401, 403 ->
                    GitFailure.of(
                            Why.NO_REPOSITORY,
                            "it answers " + status + ": there is no such repository, or it needs credentials"
                                    + " (the project's secret " + Secret.GIT_CREDENTIALS + ")");
                case 404, 410 ->
                    GitFailure.of(Why.NO_REPOSITORY, "it answers " + status + ": there is no such repository");
                default -> GitFailure.of(Why.FAILED, "it answers " + status);
            };
        }
        if (!answer.headers().firstValue("content-type").orElse("").startsWith(type)) {
            answer.body().close();
            throw GitFailure.of(Why.NO_REPOSITORY, "there is something, but no git repository");
        }
        return new Counted(answer.body());
    }

    private GitFailure late() {
        return GitFailure.of(Why.TIMED_OUT, "it has not come within " + timeout.toSeconds() + " s");
    }

    private GitFailure broken() {
        return late ? late() : GitFailure.of(Why.UNREACHABLE, "the connection broke before the end");
    }

    @Override
    public void close() {
        watch.interrupt();
        client.shutdownNow();
    }

    /** What comes, counted. */
    private final class Counted extends InputStream {
        private final InputStream in;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count;
            try {
                count = in.read(target, offset, length);
            } catch (InterruptedIOException e) {
                throw GitFailure.of(new Refusal.Interrupted());
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw GitFailure.of(new Refusal.Interrupted());
                }
                throw broken();
            }
            bytes += Math.max(0, count);
            if (bytes > mostBytes) {
                throw GitFailure.tooLarge("bytes", mostBytes);
            }
            if (!more.test(Math.max(0, count))) {
                throw GitFailure.of(new Refusal.Interrupted());
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
