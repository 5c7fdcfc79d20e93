package io.sallyport.gateway.dashboard.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.handlers.Plain;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What has happened and has not been said yet, a line each, and not too many. For one thread at a time. */
final class Announcements {
    private static final int MOST = 20;
    private static final int TIME_FROM = 11;
    private static final int TIME_TO = 19;

    private final Deque<String> waiting = new ArrayDeque<>();
    private int leftOut;

    /** Something has happened; what is of no use to hear is not kept. */
    void add(JsonNode event) {
        Optional<String> words = words(event);
        if (words.isEmpty()) {
            return;
        }
        if (waiting.size() == MOST) {
            waiting.remove();
            leftOut++;
        }
        waiting.add(words.get());
    }

    /** All of it, to be said now. */
    String take() {
        StringBuilder all = new StringBuilder();
        if (leftOut > 0) {
            all.append(leftOut).append(" more were left out\r\n");
        }
        waiting.forEach(line -> all.append(line).append("\r\n"));
        waiting.clear();
        leftOut = 0;
        return all.toString();
    }

    private static Optional<String> words(JsonNode event) {
        String build = "build " + event.path("build").asText();
        String project = event.path("project").asText();
        String job = "job " + event.path("job").asText() + " of " + build;
        String state = event.path("state").asText();
        String why = event.path("reason").asText();
        String because = why.isEmpty() ? "" : ": " + why;
        return switch (event.path("type").asText()) {
            case "build.queued" ->
                said(
                        event,
                        build + " of " + project + " queued by "
                                + event.path("by").asText());
            case "build.started" -> said(event, build + " of " + project + " started");
            case "build.requeued" -> said(event, build + " of " + project + " queued again");
            case "build.ended" -> said(event, build + " of " + project + " " + state + because);
            case "job.waiting" -> said(event, job + " waits to be started");
            case "job.ended" ->
                state.equals("succeeded") || state.equals("skipped")
                        ? Optional.empty()
                        : said(event, job + " " + state + because);
            case "gateway.draining" -> {
                String message = event.path("message").asText();
                yield said(event, "no new builds are taken" + (message.isEmpty() ? "" : ": " + message));
            }
            case "node.ready", "node.left" ->
                said(event, "node " + event.path("node").asText() + " is " + state + because);
            case "gateway.resumed" -> said(event, "builds are taken again");
            default -> Optional.empty();
        };
    }

    private static Optional<String> said(JsonNode event, String words) {
        String time = event.path("time").asText();
        String clock = time.length() > TIME_TO ? time.substring(TIME_FROM, TIME_TO) + " " : "";
        return Optional.of(Plain.safe(clock + words));
    }
}
