package io.sallyport.builds.executor;

import static io.sallyport.builds.executor.RecordedVisit.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.executor.process.LongSleep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link Run#enter} promises, for every executor alike. */
@Timeout(120)
public abstract class VisitContractTest extends ExecutorHarness {
    private static final Entry PLAIN = new Entry.Shell(Optional.empty(), Map.of());

    /** What only whoever is let in does. */
    private final LongSleep visits = LongSleep.unique();

    /** A job that goes on until it is stopped, and how it began. */
    private final class Host implements AutoCloseable {
        final OrderedRun run;
        final RecordedOutput output = new RecordedOutput();

        Host(JobOrder order) throws Exception {
            run = OrderedRun.of(executor, order);
            run.start(output);
            output.waitForOut("ready");
        }

        Visit enter(Entry entry, VisitOutput to) throws Exception {
            return run.enter(entry, to).orElseThrow();
        }

        /** A shell with a terminal and what comes before anything is typed. */
        Visit terminal(RecordedVisit to) throws Exception {
            Visit visit = enter(
                    new Entry.Shell(Optional.of(new Entry.Terminal(101, 37)), Map.of("TERM", "xterm", "PS1", "in> ")),
                    to);
            type(visit, "PS1='in''> '\n");
            to.waitForOut("in> ");
            return visit;
        }

        @Override
        public void close() {
            run.close();
        }
    }

    private String goOn() {
        return "echo ready; while :; do " + sleep + "; done";
    }

    @Test
    void aShellTakesCommandsInTheWorkspaceWithTheVariablesOfTheJob() throws Exception {
        RecordedVisit seen = new RecordedVisit();
        try (Host host = new Host(orders.withEnvironment(Map.of("GREETING", "it's me"), goOn()));
                Visit visit = host.enter(new Entry.Shell(Optional.empty(), Map.of("LANG", "C.UTF-8")), seen)) {
            type(visit, "cat hello.txt; echo \"$GREETING $LANG\"; echo wrong >&2\n");
            type(visit, "test \"$PWD\" = \"$CI_PROJECT_DIR\" && echo here > left; exit 7\n");

            assertEquals(new Exit.Code(7), visit.await());
            assertEquals("hello\nit's me C.UTF-8\n", seen.out());
            assertEquals("wrong\n", seen.err());
            RecordedVisit again = new RecordedVisit();
            try (Visit next = host.enter(PLAIN, again)) {
                type(next, "cat left");
                next.endInput();
                next.endInput();

                assertEquals(new Exit.Code(0), next.await());
                assertEquals(new Exit.Code(0), next.await());
                assertEquals("here\n", again.out());
            }
        }
    }

    @Test
    void whoIsLetInMayDoNoMoreThanTheJob() throws Exception {
        String rights = "grep -E '^(Uid|Gid|Groups|Cap|NoNewPrivs|Seccomp):' /proc/self/status; ulimit -c;"
                + " cat /proc/self/oom_score_adj; for n in user mnt pid net ipc uts cgroup; do readlink /proc/self/ns/$n; done;"
                + " ulimit -p 2>/dev/null || ulimit -u; cat /proc/self/cgroup";
        RecordedVisit seen = new RecordedVisit();
        try (Host host = new Host(orders.of(rights + "; " + goOn()));
                Visit visit = host.enter(PLAIN, seen)) {
            type(visit, rights + "; exit\n");
            visit.await();

            assertEquals(host.output.out().replace("ready\n", ""), seen.out());
        }
    }

    @Test
    void bytesAreExactAndMany() throws Exception {
        AtomicLong count = new AtomicLong();
        CountDownLatch begun = new CountDownLatch(1);
        VisitOutput counting = new VisitOutput() {
            @Override
            public void out(ByteBuffer bytes) {
                count.addAndGet(bytes.remaining());
                begun.countDown();
                bytes.position(bytes.limit());
            }

            @Override
            public void err(ByteBuffer bytes) {
                throw new AssertionError("nothing is wrong");
            }
        };
        try (Host host = new Host(orders.of(goOn()));
                Visit visit = host.enter(PLAIN, counting)) {
            type(visit, "echo; exec cat\n"); // a shell may have read ahead of what it runs
            begun.await();
            byte[] bytes = new byte[100_000];
            for (int i = 0; i < 200; i++) {
                visit.give(bytes, 0, bytes.length);
            }
            visit.endInput();

            assertEquals(new Exit.Code(0), visit.await());
            assertEquals(20_000_001, count.get());
        }
    }

    @Test
    void atATerminalKeysMeanWhatTheyMeanAndTheSizeFollows() throws Exception {
        RecordedVisit seen = new RecordedVisit();
        try (Host host = new Host(orders.of(goOn()));
                Visit visit = host.terminal(seen)) {
            type(visit, "stty size; test -t 0 && test -t 1 && echo a-'terminal'; echo $TERM\n");
            seen.waitForOut("37 101");
            seen.waitForOut("a-terminal");
            seen.waitForOut("xterm");
            visit.resize(new Entry.Terminal(132, 50));
            type(visit, "until test \"$(stty size)\" = '50 132'; do sleep 0.05; done; echo it-'follows'\n");
            seen.waitForOut("it-follows");
            type(visit, "sh -c 'echo asleep-\"\"now; exec " + visits + "'\n");
            seen.waitForOut("asleep-now");
            type(visit, "\003");
            type(visit, "\necho woken-'up'; exit 9\n");
            seen.waitForOut("woken-up");

            assertEquals(new Exit.Code(9), visit.await());
            assertEquals("", seen.err());
            assertEquals(0, processesWith(visits.seconds()));
        }
    }

    @Test
    void whoLeavesTakesAllTheirProcessesAlongAndNoneOfTheJobs() throws Exception {
        RecordedVisit seen = new RecordedVisit();
        try (Host host = new Host(orders.of(goOn()))) {
            Visit visit = host.enter(PLAIN, seen);
            type(
                    visit,
                    "(trap '' TERM HUP; " + visits + ") & (" + visits + " &); sh -c '" + visits + "' & echo going; "
                            + visits + "\n");
            seen.waitForOut("going");
            visit.close();
            visit.close();

            assertEquals(new Exit.Stopped(), visit.await());
            assertEquals(0, processesWith(visits.seconds()));
            assertNotEquals(0, processesWith(sleep.seconds()));
        }
        assertEquals(0, processesWith(sleep.seconds()));
    }

    @Test
    void nothingOfAShellOutlivesItsOwnEnd() throws Exception {
        RecordedVisit seen = new RecordedVisit();
        try (Host host = new Host(orders.of(goOn()));
                Visit visit = host.enter(PLAIN, seen)) {
            type(visit, visits + " >/dev/null 2>&1 &\nexit 0\n");

            assertEquals(new Exit.Code(0), visit.await());
            assertEquals(0, processesWith(visits.seconds()));
        }
    }

    @Test
    void theEndOfTheJobIsTheEndOfTheVisit() throws Exception {
        RecordedVisit seen = new RecordedVisit();
        try (Host host = new Host(orders.of("echo ready; until test -e end; do sleep 0.05; done; exit 3"));
                Visit visit = host.terminal(seen)) {
            type(visit, visits + " & touch end\n");

            assertEquals(new Exit.Code(3), host.run.await());
            assertEquals(new Exit.Stopped(), visit.await());
            assertEquals(0, processesWith(visits.seconds()));
            assertTrue(host.run.enter(PLAIN, seen).isEmpty());
        }
    }

    @Test
    void nobodyIsLetInBeforeAndAfter() throws Exception {
        RecordedVisit seen = new RecordedVisit();
        try (OrderedRun run = OrderedRun.of(executor, orders.of("exit 0"))) {
            assertTrue(run.enter(PLAIN, seen).isEmpty());
            run.start(new RecordedOutput());
            run.await();
            assertTrue(run.enter(PLAIN, seen).isEmpty());
        }
    }

    @Test
    void anOutputThatFailsEndsTheVisit() throws Exception {
        VisitOutput gone = new VisitOutput() {
            @Override
            public void out(ByteBuffer bytes) throws IOException {
                throw new IOException("the peer is gone");
            }

            @Override
            public void err(ByteBuffer bytes) {}
        };
        try (Host host = new Host(orders.of(goOn()));
                Visit visit = host.enter(PLAIN, gone)) {
            type(visit, "echo x; " + visits + "\n");

            assertEquals(new Exit.Stopped(), visit.await());
            assertEquals(0, processesWith(visits.seconds()));
        }
    }

    @Test
    void filesOfVariablesAreThere() throws Exception {
        RecordedVisit seen = new RecordedVisit();
        try (Host host = new Host(orders.withFiles(Map.of("KEY", new byte[] {'k', '\n'}), goOn()));
                Visit visit = host.enter(PLAIN, seen)) {
            type(visit, "cat \"$KEY\"; exit\n");

            assertEquals(new Exit.Code(0), visit.await());
            assertEquals("k\n", seen.out());
        }
    }

    @Test
    void afterTheScriptOthersMayBeLetInAgain() throws Exception {
        RecordedVisit seen = new RecordedVisit();
        try (OrderedRun run = OrderedRun.of(executor, orders.of("echo one > left; exit 5"))) {
            run.start(new RecordedOutput());
            assertEquals(new Exit.Code(5), run.await());
            RecordedOutput output = new RecordedOutput();
            run.start(new Commands(List.of("echo ready; sh -c 'kill -STOP $$' & wait $!"), Map.of("TWO", "2")), output);
            output.waitForOut("ready");
            try (Visit visit = run.enter(PLAIN, seen).orElseThrow()) {
                type(visit, "cat left; echo $TWO; exit\n");

                assertEquals(new Exit.Code(0), visit.await());
                assertEquals("one\n2\n", seen.out());
            }
            run.stop(Duration.ZERO);
            assertEquals(new Exit.Stopped(), run.await());
        }
    }

    @Test
    void aPortOfTheJobsIsReached() throws Exception {
        RecordedVisit seen = new RecordedVisit();
        try (Host host = new Host(orders.of(server()));
                Visit visit = host.enter(new Entry.Port(8080), seen)) {
            type(visit, "GET /hello.txt HTTP/1.0\r\n\r\n");

            seen.waitForOut("hello\n");
            assertTrue(seen.out().startsWith("HTTP/1."), seen.out());
            assertFalse(visit.await() instanceof Exit.Lost);
        }
    }

    @Test
    void aPortThatNobodyListensOnEndsAtOnce() throws Exception {
        RecordedVisit seen = new RecordedVisit();
        try (Host host = new Host(orders.of(goOn()));
                Visit visit = host.enter(new Entry.Port(8081), seen)) {
            assertNotEquals(new Exit.Code(0), visit.await());
            assertEquals("", seen.out());
        }
    }

    /** Commands that serve the workspace at port 8080, with what is there for it. */
    protected String server() {
        return "busybox httpd -f -p 127.0.0.1:8080 & until busybox nc -z 127.0.0.1 8080 2>/dev/null"
                + " || busybox wget -q -O /dev/null http://127.0.0.1:8080/hello.txt; do sleep 0.05; done; echo ready; wait";
    }
}
