package io.sallyport.handlers.routes;

import io.sallyport.builds.Build;
import io.sallyport.builds.Content;
import io.sallyport.builds.Job;
import io.sallyport.builds.Nearest;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.log.LogSelection;
import io.sallyport.builds.log.Stream;
import io.sallyport.builds.retention.What;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.TerminalContent;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** {@code GET /builds/{id}/log}: the log from any offset, raw, for people or as records, followed or not. */
final class ReadLog implements Handler {
    private static final int LONGEST_NAME = 256;
    private static final List<String> STREAMS =
            Arrays.stream(Stream.values()).map(ReadLog::label).toList();

    static final Param<Long> OFFSET = Param.number("offset", 0, Long.MAX_VALUE, "byte of the log to start from");
    static final Param<Boolean> FOLLOW = Param.flag("follow", "go on while it grows; the exit status is the result");
    static final Param<String> JOB = Param.text("job", LONGEST_NAME, "only what belongs to this job");
    static final Param<String> STREAM = Param.text("stream", LONGEST_NAME, "out, err, system, or several: out,err");
    static final Param<String> FORMAT =
            Param.oneOf("format", List.of("raw", "ndjson", "text"), "bytes, records, or safe for a terminal");

    private final Engine engine;
    private final Followers followers;
    private final Gone gone;

    ReadLog(Engine engine, Followers followers, Gone gone) {
        this.engine = engine;
        this.followers = followers;
        this.gone = gone;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed, IOException {
        Build build = request.build();
        Optional<String> job = request.get(JOB);
        if (job.isPresent()
                && build.jobs().stream().noneMatch(known -> known.name().equals(job.get()))) {
            return new Response.Failed(noJob(build, job.get()));
        }
        Optional<Response> lost = gone.answer(build, What.LOG);
        if (lost.isPresent()) {
            return lost.get();
        }
        boolean follow = request.has(FOLLOW);
        if (follow && followers.full()) {
            return new Response.Failed(followers.refusal());
        }
        LogSelection selection = new LogSelection(job, streams(request));
        long offset = request.get(OFFSET).orElse(0L);
        OptionalLong end = engine.logs().raw(build, LogSelection.ALL, follow).size();
        if (end.isPresent() && offset > end.getAsLong()) {
            return new Response.Failed(beyond(build, offset, end.getAsLong()));
        }
        String format = request.get(FORMAT).orElse(usualFormat(request));
        if (format.equals("ndjson")) {
            return new Response.Records(
                    () -> new LogRecordStream(engine.logs().records(build, selection, offset, follow)),
                    () -> exit(build, follow));
        }
        Content content = format.equals("text")
                ? new TerminalContent(followers.counted(engine.logs().readable(build, selection, follow)))
                : followers.counted(engine.logs().raw(build, selection, follow));
        return new Response.Bytes(content, offset, false, () -> exit(build, follow));
    }

    private static String usualFormat(Request request) {
        if (request.takesOnlyJson()) {
            return "ndjson";
        }
        return request.terminal() ? "text" : "raw";
    }

    /** Asked when the log has ended, so a build that has not is one whose gateway goes down. */
    private int exit(Build build, boolean follow) throws InterruptedException {
        if (!follow) {
            return ExitStatus.OK;
        }
        Build now = engine.await(build);
        return now.state().ended() ? ExitStatus.of(now.state()) : ExitStatus.of(503);
    }

    private static Set<Stream> streams(Request request) throws Param.Malformed {
        Optional<String> given = request.get(STREAM);
        if (given.isEmpty()) {
            return EnumSet.allOf(Stream.class);
        }
        Set<Stream> streams = EnumSet.noneOf(Stream.class);
        for (String word : given.get().split(",", -1)) {
            if (!STREAMS.contains(word)) {
                throw new Param.Malformed(
                        "stream",
                        "stream is made of " + String.join(", ", STREAMS) + ", not '" + word + "'"
                                + Nearest.to(word, STREAMS)
                                        .map(near -> ", did you mean '" + near + "'?")
                                        .orElse(""));
            }
            streams.add(Stream.valueOf(word.toUpperCase(Locale.ROOT)));
        }
        return streams;
    }

    /** Who follows a build that goes on waits for the offset; all others would wait for nothing. */
    private static Problem beyond(Build build, long offset, long end) {
        return Problem.badRequest("offset " + offset + " is beyond the end of the log: build " + build.id() + " has "
                + end + " bytes of it" + (build.state().ended() ? "" : " so far; follow=true waits for more"));
    }

    private static Problem noJob(Build build, String job) {
        List<String> names = build.jobs().stream().map(Job::name).toList();
        return Problem.notFound("build " + build.id() + " has no job '" + job + "'"
                + Nearest.to(job, names)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse("")
                + "; it has " + String.join(", ", names));
    }

    private static String label(Stream stream) {
        return stream.name().toLowerCase(Locale.ROOT);
    }
}
