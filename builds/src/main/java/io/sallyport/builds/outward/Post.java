package io.sallyport.builds.outward;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.web.Destinations;
import io.sallyport.builds.web.PinnedClient;
import io.sallyport.builds.web.Tls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Makes POST requests, each on a connection of its own to an address that was looked at. Follows no redirects, uses no
 * proxy and no cookies, reads the beginning of an answer only, and lets go when its time is over. Any thread.
 */
final class Post {
    private static final int ANSWER = 16 * 1024;

    private final Destinations destinations;
    private final PinnedClient clients;
    private final Duration timeout;

    Post(Destinations destinations, Tls tls, Duration timeout) {
        this.destinations = destinations;
        this.clients = new PinnedClient(tls, timeout);
        this.timeout = timeout;
    }

    /**
     * Sends, and waits for the answer.
     *
     * @param turn of the host's addresses is taken, if there are several
     */
    Reply send(Message message, int turn) throws InterruptedException {
        return switch (destinations.check(message.url())) {
            case Destinations.Checked.Forbidden forbidden -> new Reply.Forbidden(forbidden.words());
            case Destinations.Checked.Unknown unknown -> new Reply.Failed(unknown.words());
            case Destinations.Checked.Open open -> send(message, turn(open.addresses(), turn));
        };
    }

    private static InetAddress turn(List<InetAddress> addresses, int turn) {
        return addresses.get(Math.floorMod(turn, addresses.size()));
    }

    private Reply send(Message message, InetAddress address) throws InterruptedException {
        HttpClient client = clients.client(message.url());
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request(message, address), head -> new BoundedBody(ANSWER));
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply.Answered(
                    response.statusCode(),
                    response.headers().firstValue("retry-after"),
                    response.headers()
                            .firstValue("x-ratelimit-remaining")
                            .filter("0"::equals)
                            .flatMap(none -> response.headers().firstValue("x-ratelimit-reset")),
                    new String(response.body(), UTF_8));
        } catch (TimeoutException e) {
            return late();
        } catch (ExecutionException e) {
            return failed(e);
        } finally {
            answer.cancel(true);
            client.shutdownNow();
        }
    }

    private Reply late() {
        return new Reply.Failed("no answer within " + timeout.toMillis() + " ms");
    }

    private Reply failed(ExecutionException e) {
        return switch (e.getCause()) {
            case HttpTimeoutException late -> late();
            case ConnectException refused -> new Reply.Failed("it cannot be connected to");
            case SSLException wrong -> new Reply.Failed("TLS failed: " + wrong.getMessage());
            case IOException broken -> new Reply.Failed("the connection broke before there was an answer");
            case RuntimeException bug -> throw bug;
            case null, default -> throw new IllegalStateException(e);
        };
    }

    private HttpRequest request(Message message, InetAddress address) {
        HttpRequest.Builder builder = PinnedClient.request(message.url(), address)
                .timeout(timeout)
                .header("User-Agent", "sallyport")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(message.body()));
        message.headers().forEach(builder::header);
        return builder.build();
    }
}
