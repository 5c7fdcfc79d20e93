package io.sallyport.builds.outward;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.GitRef;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The words in which each kind of receiver is told of a state. */
final class Messages {
    private Messages() {}

    /**
     * What is to be sent.
     *
     * @param token or key of the signature; without a line's end, and of printable characters alone
     * @param now the time of a signature
     */
    static Message of(Delivery delivery, String token, Instant now) {
        return switch (delivery.report().settings().kind()) {
            case GITHUB -> github(delivery, token);
            case GITLAB -> gitlab(delivery, token);
            case GITEA -> gitea(delivery, token);
            case WEBHOOK -> webhook(delivery, token, now);
        };
    }

    /** See GitHub's REST API, "Create a commit status". */
    private static Message github(Delivery delivery, String token) {
        String state = switch (delivery.state()) {
            case QUEUED, RUNNING -> "pending";
            case SUCCEEDED -> "success";
            case FAILED, TIMEDOUT -> "failure";
            case CANCELED, ERRORED -> "error";
        };
        return new Message(
                below(delivery, "/repos/" + repository(delivery) + "/statuses/" + commit(delivery)),
                Map.of(
                        "Authorization",
                        "Bearer " + token,
                        "Accept",
                        "application/vnd.github+json",
                        "X-GitHub-Api-Version",
                        "2022-11-28"),
                status(delivery, state, "context").toString());
    }

    /** See GitLab's API, "Set commit pipeline status". */
    private static Message gitlab(Delivery delivery, String token) {
        String state = switch (delivery.state()) {
            case QUEUED -> "pending";
            case RUNNING -> "running";
            case SUCCEEDED -> "success";
            case FAILED, TIMEDOUT, ERRORED -> "failed";
            case CANCELED -> "canceled";
        };
        ObjectNode body = status(delivery, state, "name");
        delivery.fact("ref").map(GitRef::parse).ifPresent(ref -> body.put("ref", ref.name()));
        return new Message(
                below(
                        delivery,
                        "/api/v4/projects/" + URLEncoder.encode(repository(delivery), UTF_8) + "/statuses/"
                                + commit(delivery)),
                Map.of("PRIVATE-TOKEN", token),
                body.toString());
    }

    /** See the API of Gitea and Forgejo, {@code repoCreateStatus}. */
    private static Message gitea(Delivery delivery, String token) {
        String state = switch (delivery.state()) {
            case QUEUED, RUNNING -> "pending";
            case SUCCEEDED -> "success";
            case FAILED, TIMEDOUT -> "failure";
            case CANCELED, ERRORED -> "error";
        };
        return new Message(
                below(delivery, "/api/v1/repos/" + repository(delivery) + "/statuses/" + commit(delivery)),
                Map.of("Authorization", "token " + token),
                status(delivery, state, "context").toString());
    }

    private static Message webhook(Delivery delivery, String key, Instant now) {
        String event = switch (delivery.state()) {
            case QUEUED -> "build.queued";
            case RUNNING -> "build.started";
            case SUCCEEDED, FAILED, CANCELED, TIMEDOUT, ERRORED -> "build.ended";
        };
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("delivery", delivery.uuid())
                .put("event", event)
                .put("time", BuildFacts.time(delivery.time()))
                .put("report", delivery.report().name());
        json.set("build", delivery.facts());
        TargetUrl.of(delivery).ifPresent(url -> json.put("targetUrl", url));
        String body = json.toString();
        String timestamp = Long.toString(now.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Sallyport-Event", event);
        headers.put("X-Sallyport-Delivery", delivery.uuid());
        headers.put("X-Sallyport-Timestamp", timestamp);
        headers.put("X-Sallyport-Signature", "sha256=" + Signature.of(key, timestamp, body));
        return new Message(delivery.report().settings().url(), headers, body);
    }

    private static ObjectNode status(Delivery delivery, String state, String context) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("state", state)
                .put(context, delivery.report().settings().context().orElseThrow())
                .put(
                        "description",
                        "build " + delivery.build() + " " + delivery.state().label());
        TargetUrl.of(delivery).ifPresent(url -> body.put("target_url", url));
        return body;
    }

    private static URI below(Delivery delivery, String path) {
        String base = delivery.report().settings().url().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private static String repository(Delivery delivery) {
        return delivery.report().settings().repository().orElseThrow();
    }

    private static String commit(Delivery delivery) {
        return delivery.fact("commit").orElseThrow();
    }
}
