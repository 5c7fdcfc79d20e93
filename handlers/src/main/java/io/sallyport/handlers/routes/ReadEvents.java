package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.event.EventLog.Reading;
import io.sallyport.builds.event.Start;
import io.sallyport.builds.event.Topic;
import io.sallyport.handlers.Asker;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Happenings;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** {@code GET /events}: what has happened of what the caller may see, from any place on, followed or not. */
final class ReadEvents implements Handler {
    private static final int LONGEST = 256;
    private static final int LONGEST_TYPES = 1000;
    private static final String NOW = "now";
    private static final String NUMBER = "[0-9]{1,18}";
    private static final String LAST = "-[1-9][0-9]{0,17}";

    static final Param<String> AFTER = Param.text(
            "after",
            LONGEST,
            "cursor or seq of the last one known; -5: the newest five; now: only those still to come");
    static final Param<Boolean> FOLLOW = Param.flag("follow", "go on with those that are still to come");
    static final Param<String> PROJECT = Param.text("project", LONGEST, "only those of this project");
    static final Param<String> TYPE =
            Param.text("type", LONGEST_TYPES, "only these: build.ended, job.*, or several, parted by commas");
    static final Param<Long> LIMIT = Param.number("limit", 1, Long.MAX_VALUE, "at most so many");

    private final Happenings happenings;
    private final Followers followers;
    private final EventCursors cursors;

    ReadEvents(Happenings happenings, Followers followers) {
        this.happenings = happenings;
        this.followers = followers;
        this.cursors = new EventCursors(happenings.events().secret());
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        EventFilter filter = EventFilter.of(request.get(TYPE), request.get(PROJECT));
        Start start = start(request, filter);
        boolean follow = request.has(FOLLOW);
        if (follow && followers.full()) {
            return new Response.Failed(followers.refusal());
        }
        happenings.relay().move(); // who has changed something finds it here
        Asker asker = request.asker();
        Predicate<Topic> wanted = topic -> filter.covers(topic) && EventRights.sees(asker, topic);
        return switch (happenings.events().read(wanted, start, follow)) {
            case Reading.TooOld old -> new Response.Failed(removed(old.oldest()));
            case Reading.NotYet none -> throw new Param.Malformed("after", notYet(none.newest()));
            case Reading.Open open -> {
                EventStream stream = new EventStream(
                        open.reader(),
                        (event, number) -> EventJson.of(
                                event,
                                number,
                                cursors.write(
                                        request.identity(), new EventCursor(event.position(), number, filter.code()))),
                        request.get(LIMIT).orElse(Long.MAX_VALUE));
                yield follow
                        ? new Response.Records(() -> stream.among(followers), stream::followed, EventJson::line)
                        : new Response.Records(() -> stream, stream::read, EventJson::line);
            }
        };
    }

    private Start start(Request request, EventFilter filter) throws Param.Malformed {
        Optional<String> after = request.get(AFTER);
        if (after.isEmpty()) {
            return new Start.Oldest();
        }
        if (after.get().equals(NOW)) {
            return new Start.Newest();
        }
        if (after.get().matches(NUMBER)) {
            return new Start.Numbered(Long.parseLong(after.get()));
        }
        if (after.get().matches(LAST)) {
            return new Start.Last(-Long.parseLong(after.get()));
        }
        EventCursor cursor = cursors.read(request.identity(), after.get())
                .orElseThrow(() -> new Param.Malformed(
                        "after",
                        "after is the 'cursor' or 'seq' of an event that you were given, -5 for the newest five, or "
                                + NOW));
        return new Start.Position(
                cursor.position(),
                cursor.filter() == filter.code() ? OptionalLong.of(cursor.number()) : OptionalLong.empty());
    }

    static Problem removed(long oldest) {
        Problem problem = Problem.of(
                410,
                "events-removed",
                "Events are gone",
                "events after that have been removed; all from here on are kept: after=" + oldest);
        ObjectNode extra = problem.extra();
        extra.put("after", oldest);
        return problem;
    }

    private static String notYet(long newest) {
        return "there is no such event yet; the last one that you may see is " + newest;
    }
}
