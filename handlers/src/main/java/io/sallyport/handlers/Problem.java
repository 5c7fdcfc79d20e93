package io.sallyport.handlers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/**
 * An expected failure as RFC 9457 has it.
 *
 * @param type a short word for programs; stable
 * @param title the same for people; the same for every problem of the type
 * @param status as in HTTP (RFC 9110); decides the exit status
 * @param detail what is wrong here, and what to do next
 * @param instance the path asked for; empty until the router has set it
 * @param retryAfter when trying again may help
 * @param extra further members, such as the errors of a spec; never one of the above
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        Optional<Duration> retryAfter,
        ObjectNode extra) {
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;

    /** Whether it tells of a limit that has been reached. */
    boolean isOfLimit() {
        return status == TOO_LARGE || status == TOO_MANY;
    }

    /** A problem without further members. */
    public static Problem of(int status, String type, String title, String detail) {
        return new Problem(type, title, status, detail, "", Optional.empty(), JsonNodeFactory.instance.objectNode());
    }

    /** A request that is wrong in itself: an unknown word, path or parameter, or a malformed value. */
    public static Problem badRequest(String detail) {
        return of(400, "bad-request", "The request is malformed", detail);
    }

    /** The caller may see the resource but not do this to it. */
    public static Problem forbidden(String detail) {
        return of(403, "forbidden", "Not allowed", detail);
    }

    /** What is not there, and what the caller may not know to be there: the same bytes for both. */
    public static Problem notFound(String what) {
        return of(404, "not-found", "Not found", what);
    }

    /** The request contradicts the state of the resource. */
    public static Problem conflict(String detail) {
        return of(409, "conflict", "Conflict", detail);
    }

    /**
     * A body that has come too slowly.
     *
     * @param least bytes that have to come
     * @param window of waiting in which they have to
     */
    public static Problem stalled(long least, Duration window) {
        return of(
                TOO_MANY,
                "stalled",
                "The upload stalled",
                "fewer than " + least + " bytes came in " + window.toSeconds()
                        + " s of waiting (limits.uploadLeast, limits.uploadWindow); send the body as soon as you connect");
    }

    /** A disk has failed for good: what reads goes on. */
    public static Problem readOnly() {
        return of(
                503,
                "read-only",
                "Nothing is changed now",
                "a disk has failed to keep what it was given: the gateway is read-only until it is started anew;"
                        + " tell its operator");
    }

    /** A body that can be read but means nothing valid. */
    public static Problem unprocessable(String type, String detail) {
        return of(422, type, "The body cannot be used", detail);
    }

    /** The same problem for a path. */
    public Problem at(String path) {
        return new Problem(type, title, status, detail, path, retryAfter, extra);
    }

    /** The same problem, worth another try after the time. */
    public Problem retryAfter(Duration time) {
        return new Problem(type, title, status, detail, instance, Optional.of(time), extra);
    }

    /** The problem as JSON, one object. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type);
        json.put("title", title);
        json.put("status", status);
        json.put("detail", detail);
        json.put("instance", instance);
        retryAfter.ifPresent(time -> json.put("retryAfter", Math.max(1, time.toSeconds())));
        json.setAll(extra);
        return json;
    }
}
