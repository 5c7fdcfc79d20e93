package io.sallyport.gateway.dashboard.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.house.BuildRow;
import io.sallyport.gateway.dashboard.house.House;
import io.sallyport.gateway.dashboard.house.NodeRow;
import io.sallyport.gateway.dashboard.house.Questions;
import io.sallyport.gateway.dashboard.house.QueueRow;
import io.sallyport.gateway.dashboard.house.Reply;
import io.sallyport.handlers.Plain;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The house in sentences. */
final class Report {
    private static final int RECENT = 10;

    private Report() {}

    /** Asks for what there is, and tells it. */
    static String of(Questions questions, Instant now, int rows) throws InterruptedException {
        Reply newest = questions.get("/builds", Map.of("limit", Integer.toString(Math.min(rows, 50))));
        Reply running =
                questions.get("/builds", Map.of("state", "running", "limit", Integer.toString(Math.min(rows, 1000))));
        Reply queue = questions.get("/queue", Map.of());
        Reply gateway = questions.get("/", Map.of());
        Reply nodes = questions.get("/nodes", Map.of());
        for (Reply reply : List.of(newest, running, queue, gateway, nodes)) {
            if (reply instanceof Reply.Refused refused) {
                return Plain.problem(refused.problem()).replace("\n", "\r\n");
            }
        }
        House house = new House(rows);
        house.read(now, List.<JsonNode>of(newest.body(), running.body()));
        house.readQueue(queue.body());
        house.readGateway(gateway.body());
        house.readNodes(nodes.body());
        return of(house, now);
    }

    /** Tells what is known. */
    static String of(House house, Instant now) {
        StringBuilder text = new StringBuilder();
        house.draining().ifPresent(why -> line(text, why));
        for (NodeRow node : house.showsNodes() ? house.nodes() : List.<NodeRow>of()) {
            String why = node.reason().isEmpty() ? "" : ": " + node.reason();
            line(text, "node " + node.name() + ", " + node.state() + why + ", " + count(node.jobs(), "job"));
        }
        heading(text, count(house.running().size(), "build") + " running", house.running());
        for (BuildRow build : house.running()) {
            String jobs = String.join(", ", build.running());
            line(
                    text,
                    "  " + head(build)
                            + build.ran(now).map(time -> ", for " + of(time)).orElse("")
                            + ", " + build.over() + " of " + count(build.jobs().size(), "job") + " over"
                            + (jobs.isEmpty() ? "" : ", now " + jobs));
        }
        heading(text, house.waiting() + " waiting", house.queue());
        for (QueueRow row : house.queue()) {
            String what = row.job().isEmpty() ? "build " : "job " + row.job() + " of build ";
            line(
                    text,
                    "  " + what + row.build() + " of " + row.project() + ", for "
                            + of(Duration.between(row.since(), now))
                            + (row.why().isEmpty() ? "" : ": " + row.why()));
        }
        line(text, house.recent().isEmpty() ? "none has ended yet" : "the last that ended:");
        for (BuildRow build : house.recent().stream().limit(RECENT).toList()) {
            String why = build.reason().isEmpty() ? "" : ": " + build.reason();
            line(
                    text,
                    "  " + head(build) + ", " + build.state()
                            + build.finished()
                                    .map(end -> " " + of(Duration.between(end, now)) + " ago")
                                    .orElse("") + why);
        }
        return text.toString();
    }

    private static String head(BuildRow build) {
        String source = build.source().isEmpty() ? "" : ", " + build.source();
        return "build " + build.id() + " of " + build.project() + source + ", by " + build.by();
    }

    private static String count(int number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    private static String of(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return count((int) seconds, "second");
        }
        return seconds < 3600 ? count((int) (seconds / 60), "minute") : count((int) (seconds / 3600), "hour");
    }

    /** A colon tells who listens that something follows. */
    private static void heading(StringBuilder text, String words, Collection<?> below) {
        line(text, below.isEmpty() ? words : words + ":");
    }

    private static void line(StringBuilder text, String line) {
        text.append(Plain.safe(line)).append("\r\n");
    }
}
