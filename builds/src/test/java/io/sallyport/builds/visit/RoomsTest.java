package io.sallyport.builds.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.executor.ArtifactSink;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Packed;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.Visit;
import io.sallyport.builds.executor.VisitOutput;
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceKind;
import io.sallyport.builds.store.Schema;
import io.sallyport.database.Database;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a failed job that is kept goes, and who is told of that; a clock that is set by hand says when. */
@Timeout(60)
class RoomsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private Database database;
    private EventLog events;
    private HandTimer timer;
    private Rooms rooms;
    private Gone run = new Gone();

    @BeforeEach
    void open() throws Exception {
        database = Database.open(folder.resolve("db.sqlite"), Schema.MIGRATIONS);
        events = EventLog.open(database, Clock.systemUTC(), new EventSettings(1000, Duration.ofDays(1)));
        timer = new HandTimer(START);
        rooms = new Rooms(VisitSettings.DEFAULT, new VisitStore(database, events, timer::now), timer, timer::now);
    }

    @AfterEach
    void close() {
        rooms.close();
        timer.shutdownNow();
        events.close();
        database.close();
    }

    @Test
    void whoIsInWhenItsTimeIsOverHasItLongerHoweverLateTheyCame() throws Exception {
        for (Duration span : List.of(Duration.ofMinutes(1), Duration.ofSeconds(90), Duration.ofMinutes(10))) {
            keep(span);
            seconds(span.toSeconds() - 1);
            try (News news = enter()) {
                seconds(2);
                assertEquals("this job is kept until " + time(span) + " now", news.next());
                assertEquals(Optional.of(timer.now().plus(span)), until());
            }
            assertTrue(rooms.vacate(1, "a"));
        }
    }

    @Test
    void itGoesWhenNobodyIsIn() throws Exception {
        keep(Duration.ofMinutes(1));
        seconds(30);
        enter().close();
        seconds(31);

        run.awaitClosed();
        assertEquals(Optional.empty(), until());
    }

    @Test
    void theLongestTimeIsItsEndWhoeverIsInAndTheyAreToldAMinuteBefore() throws Exception {
        keep(Duration.ofMinutes(50));
        try (News news = enter()) {
            seconds(Duration.ofMinutes(50).toSeconds() + 1);
            assertEquals("this job is kept until 13:00:00 UTC now", news.next());
            seconds(Duration.ofMinutes(9).toSeconds());
            assertEquals("this job is kept no longer than until 13:00:00 UTC: save what you need", news.next());
            try (News late = enter()) {
                assertEquals("this job is kept no longer than until 13:00:00 UTC: save what you need", late.next());
                seconds(60);
                assertEquals("this job is not kept any longer: its time is over", late.next());
            }
            assertEquals("this job is not kept any longer: its time is over", news.next());
            run.awaitClosed();
        }
    }

    @Test
    void whoHasLessThanAMinuteLeftOfTheLongestTimeIsToldAtOnce() throws Exception {
        keep(Duration.ofSeconds(3550));
        try (News news = enter()) {
            seconds(3551);
            assertEquals("this job is kept no longer than until 13:00:00 UTC: save what you need", news.next());
            seconds(50);
            assertEquals("this job is not kept any longer: its time is over", news.next());
        }
    }

    private void keep(Duration span) {
        run = new Gone();
        assertEquals(Optional.of(timer.now().plus(span)), rooms.keep(1, "a", run, Map.of(), span));
    }

    private void seconds(long seconds) throws Exception {
        timer.pass(Duration.ofSeconds(seconds));
    }

    private Optional<Instant> until() {
        return Optional.ofNullable(rooms.kept(1).get("a"));
    }

    private String time(Duration span) {
        return timer.now().plus(span).toString().substring(11, 19) + " UTC";
    }

    private News enter() {
        Job job = Job.queued("a", "test", Job.Terms.USUAL);
        Entering entering = rooms.enter(build(job), job, "bob", new Aim.Shell(), List.of());
        return new News(assertInstanceOf(Entering.Admitted.class, entering).pass());
    }

    /** Somebody who is in, and what they are told. */
    private static final class News implements AutoCloseable {
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final Pass pass;

        News(Pass pass) {
            this.pass = pass;
            pass.onNews(told::add);
        }

        String next() throws InterruptedException {
            return String.valueOf(told.poll(30, TimeUnit.SECONDS));
        }

        @Override
        public void close() {
            assertEquals(List.of(), List.copyOf(told));
            pass.close();
        }
    }

    private static Build build(Job job) {
        return new Build(
                1,
                "web",
                BuildState.FAILED,
                Optional.empty(),
                new BuildRequest(
                        Optional.empty(),
                        Optional.empty(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                "ann",
                false,
                new Source(SourceKind.TAR, new Blob(new Digest("0".repeat(64)), 0), 0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                START,
                Optional.empty(),
                Optional.empty(),
                List.of(job),
                0,
                0);
    }

    /** A place that is there until it is closed. */
    private static final class Gone implements Run {
        private final CountDownLatch closed = new CountDownLatch(1);

        void awaitClosed() throws InterruptedException {
            assertTrue(closed.await(30, TimeUnit.SECONDS));
        }

        @Override
        public Optional<String> image() {
            return Optional.empty();
        }

        @Override
        public Optional<String> node() {
            return Optional.empty();
        }

        @Override
        public void unpack(InputStream tar) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void start(Commands commands, JobOutput output) {}

        @Override
        public Exit await() throws InterruptedException {
            closed.await();
            return new Exit.Stopped();
        }

        @Override
        public void stop(Duration grace) {
            close();
        }

        @Override
        public Optional<Visit> enter(Entry entry, VisitOutput output) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void collect(ArtifactRules rules, ArtifactSink sink) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Packed pack(List<String> paths, boolean untracked, OutputStream tar) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
