package io.sallyport.builds.outward;

import static io.sallyport.builds.outward.Receiver.status;
import static io.sallyport.builds.outward.Station.COMMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.secret.SecretsKeys;
import io.sallyport.builds.web.Destinations;
import io.sallyport.builds.web.HostPattern;
import io.sallyport.database.Sql;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of states that are to be reported. */
class ReportsTest {
    private static final String TOKEN = "token-that-nobody-sees";
    private static final String EVENTS =
            "SELECT facts FROM events JOIN event_groups g ON g.id = group_id WHERE type = '%s'";

    @TempDir
    Path folder;

    private Receiver receiver;
    private Station station;

    @BeforeEach
    void open() throws Exception {
        receiver = new Receiver();
        station = new Station(folder);
        station.open(Station.loopback(true));
    }

    @AfterEach
    void close() {
        station.close();
        receiver.close();
    }

    private ReportSettings settings(ReportKind kind) {
        return Station.settings(kind, "http://127.0.0.1:" + receiver.port() + "/");
    }

    private Report put(ReportKind kind) {
        return station.put("ci", settings(kind), TOKEN);
    }

    private void reopen() throws Exception {
        station.close();
        station = new Station(folder);
    }

    private Report.Note failure() throws Exception {
        Station.until(
                "the end of all tries",
                () -> station.report("ci").course().failed().isPresent());
        return station.report("ci").course().failed().orElseThrow();
    }

    private List<String> events(String type) {
        return station.column(EVENTS.formatted(type));
    }

    @Test
    void afterErrorsItIsTriedAgainWithTheSameDelivery() throws Exception {
        receiver.then(status(500)).then(status(503));
        put(ReportKind.WEBHOOK);

        station.queued(COMMIT);
        station.awaitEmpty();

        receiver.await(3);
        assertEquals(1, receiver.bodies("/delivery").stream().distinct().count());
        Report.Course course = station.report("ci").course();
        assertEquals(0, course.failures());
        assertEquals(Optional.empty(), course.problem());
        assertEquals("queued: answered 201", course.sent().orElseThrow().words());
        assertEquals(List.of(), events("report.failed"));
    }

    @Test
    void whatFailsHoldsUpWhatComesAfterItSoThatTheOrderStays() throws Exception {
        receiver.then(status(500)).then(status(500)).then(status(500));
        put(ReportKind.WEBHOOK);

        station.whole(COMMIT, BuildState.SUCCEEDED);
        station.queued(COMMIT);
        station.awaitEmpty();

        receiver.await(7);
        assertEquals(
                List.of("queued", "queued", "queued", "queued", "running", "succeeded", "queued"),
                receiver.bodies("/build/state"));
    }

    @Test
    void aReceiverIsLeftAloneAsLongAsItAsksFor() throws Exception {
        receiver.then(status(429, "Retry-After", "1"));
        put(ReportKind.WEBHOOK);
        long began = System.nanoTime();

        station.queued(COMMIT);
        station.awaitEmpty();

        receiver.await(2);
        assertTrue(System.nanoTime() - began >= Duration.ofSeconds(1).toNanos());
    }

    @Test
    void whatWaitsIsShown() throws Exception {
        receiver.always(status(503, "Retry-After", "3000"));
        put(ReportKind.WEBHOOK);

        station.whole(COMMIT, BuildState.SUCCEEDED);
        Station.until(
                "the problem", () -> station.report("ci").course().problem().isPresent());

        Report report = station.report("ci");
        assertEquals(3, report.waiting());
        assertEquals(1, report.course().failures());
        assertEquals("answered 503", report.course().problem().orElseThrow().words());
        assertTrue(
                report.course().retry().orElseThrow().isAfter(report.written().plusSeconds(2900)));
    }

    @Test
    void afterTheLastTryItIsGivenUpAndSaid() throws Exception {
        receiver.always(status(500));
        put(ReportKind.GITEA);
        Build build = station.queued(COMMIT);

        assertEquals(build.id(), failure().build().orElseThrow());
        assertEquals("queued: answered 500; given up after 4 tries", failure().words());
        receiver.await(4);
        assertEquals(
                List.of(
                        "{\"report\":\"ci\",\"build\":1,\"state\":\"queued\",\"reason\":\"answered 500; given up after 4 tries\"}"),
                events("report.failed"));
        assertEquals(0, station.report("ci").waiting());
    }

    @Test
    void aWrongTokenIsGivenUpAtOnce() throws Exception {
        receiver.always(status(401));
        put(ReportKind.GITHUB);
        station.queued(COMMIT);

        assertEquals(
                "queued: answered 401: the token is not accepted; given up after 1 try",
                failure().words());
        receiver.await(1);
    }

    @Test
    void whatIsNotThereIsTriedAFewTimes() throws Exception {
        receiver.always(status(422));
        put(ReportKind.GITHUB);
        station.queued(COMMIT);

        assertEquals(
                "queued: answered 422: perhaps there is no such commit; given up after 3 tries",
                failure().words());
        receiver.await(3);
    }

    @Test
    void gitlabSaysThatItHasAStateAlready() throws Exception {
        receiver.always(status(400, "{\"message\":\"Cannot transition status via :run from :running\"}"));
        put(ReportKind.GITLAB);
        station.queued(COMMIT);
        station.awaitEmpty();

        receiver.await(1);
        assertEquals(List.of(), events("report.failed"));
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        try (Receiver elsewhere = new Receiver()) {
            receiver.always(status(307, "Location", "http://127.0.0.1:" + elsewhere.port() + "/"));
            put(ReportKind.WEBHOOK);
            station.queued(COMMIT);

            assertEquals(
                    "queued: answered 307: redirects are not followed, give the address where it is; given up after 1 try",
                    failure().words());
            assertEquals(List.of(), elsewhere.got());
        }
    }

    @Test
    void aServerThatNeverAnswersIsLetGo() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        receiver.always(exchange -> uninterrupted(never));
        station.shut();
        ReportLimits quick = new ReportLimits(
                3, 5, 4, Duration.ofMillis(200), 2, Duration.ofHours(1), Duration.ofMillis(1), Duration.ofMillis(1));
        station.open(Station.loopback(true), Optional.empty(), quick);
        put(ReportKind.WEBHOOK);
        station.queued(COMMIT);

        assertEquals(
                "queued: no answer within 200 ms; given up after 2 tries",
                failure().words());
        never.countDown();
    }

    @Test
    void oneThatAnswersForEverIsCutOff() throws Exception {
        CountDownLatch broken = new CountDownLatch(1);
        receiver.always(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                byte[] much = new byte[1 << 20];
                while (true) {
                    exchange.getResponseBody().write(much);
                }
            } finally {
                broken.countDown();
            }
        });
        put(ReportKind.WEBHOOK);
        station.queued(COMMIT);
        station.awaitEmpty();

        broken.await();
        assertEquals(
                "queued: answered 200",
                station.report("ci").course().sent().orElseThrow().words());
    }

    @Test
    void aSlowTargetDelaysNoOther() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        try (Receiver hanging = new Receiver().always(exchange -> uninterrupted(slow))) {
            station.put("hanging", Station.settings(ReportKind.WEBHOOK, "http://127.0.0.1:" + hanging.port()), TOKEN);
            put(ReportKind.WEBHOOK);

            station.whole(COMMIT, BuildState.SUCCEEDED);
            hanging.await(1);

            receiver.await(3);
            slow.countDown();
        }
    }

    @Test
    void oneThatCannotBeReadHoldsUpNoOther() throws Exception {
        put(ReportKind.WEBHOOK);
        station.put("bad", settings(ReportKind.WEBHOOK), TOKEN);
        station.shut();
        station.queued(COMMIT);
        station.database.write(connection -> Sql.update(connection, """
                UPDATE deliveries SET facts = '{' WHERE report_id = (SELECT id FROM reports WHERE name = 'bad')"""));

        station.open(Station.loopback(true));

        receiver.await(1);
        Station.until("the good one's record", () -> station.report("ci").waiting() == 0);
        assertEquals(1, station.report("bad").waiting());
    }

    @Test
    void aChangeThatIsUndoneIsToldToNobody() {
        put(ReportKind.WEBHOOK);
        station.shut();
        Build build = station.queued(COMMIT);

        assertThrows(IllegalStateException.class, () -> station.move(build, BuildState.SUCCEEDED));

        assertEquals(List.of("queued"), station.column("SELECT state FROM deliveries"));
    }

    @Test
    void ofManyTargetsOnlySoManyAreAskedAtOnce() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        receiver.always(exchange -> {
            uninterrupted(slow);
            status(200).handle(exchange);
        });
        for (String name : List.of("a", "b", "c")) {
            station.put(name, settings(ReportKind.WEBHOOK), TOKEN);
        }

        station.queued(COMMIT);
        receiver.await(2); // half of four, since they are of one project
        slow.countDown();
        station.awaitEmpty();

        receiver.await(3);
    }

    @Test
    void aForgeIsNotToldOfAStateThatANewerOneHasReplaced() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        receiver.then(exchange -> {
            uninterrupted(first);
            status(500).handle(exchange);
        });
        put(ReportKind.GITEA);
        Build build = station.queued(COMMIT);
        receiver.await(1);

        station.move(station.move(build, BuildState.RUNNING), BuildState.SUCCEEDED);
        first.countDown();
        station.awaitEmpty();

        receiver.await(2);
        assertEquals(List.of("build 1 queued", "build 1 succeeded"), receiver.bodies("/description"));
    }

    @Test
    void onlyTheWantedStatesAreTold() throws Exception {
        ReportSettings all = settings(ReportKind.WEBHOOK);
        station.put(
                "ci",
                new ReportSettings(
                        all.kind(),
                        all.url(),
                        all.repository(),
                        all.context(),
                        EnumSet.of(BuildState.FAILED, BuildState.ERRORED),
                        false,
                        Optional.empty()),
                TOKEN);

        station.whole(COMMIT, BuildState.SUCCEEDED);
        station.whole(COMMIT, BuildState.FAILED);
        station.awaitEmpty();

        receiver.await(1);
        assertEquals(List.of("failed"), receiver.bodies("/build/state"));
    }

    @Test
    void withoutACommitAForgeIsToldNothingAndTheReportSaysSo() throws Exception {
        put(ReportKind.GITHUB);
        station.put("hook", settings(ReportKind.WEBHOOK), TOKEN);

        station.whole(null, BuildState.SUCCEEDED);
        assertEquals(
                "the build has no commit: submit with commit=",
                station.report("ci").course().skipped().orElseThrow().words());
        Build abbreviated = station.queued("c0ffee");
        station.awaitEmpty();

        Report.Note skipped = station.report("ci").course().skipped().orElseThrow();
        assertEquals("the build's commit is no whole id of 40 or 64 hexadecimal digits", skipped.words());
        assertEquals(abbreviated.id(), skipped.build().orElseThrow());
        receiver.await(4);
        assertEquals(
                Set.of("POST /"),
                Set.copyOf(receiver.got().stream().map(Receiver.Got::line).toList()));
    }

    @Test
    void onlyTrustedBuildsAreToldWhenThatIsWanted() throws Exception {
        ReportSettings all = settings(ReportKind.WEBHOOK);
        station.put(
                "ci",
                new ReportSettings(
                        all.kind(), all.url(), all.repository(), all.context(), all.states(), true, Optional.empty()),
                TOKEN);

        station.queued(COMMIT, false);
        Build trusted = station.queued(COMMIT, true);
        station.awaitEmpty();

        receiver.await(1);
        assertEquals(List.of(Long.toString(trusted.id())), receiver.bodies("/build/id"));
        assertEquals(
                "the build is not trusted",
                station.report("ci").course().skipped().orElseThrow().words());
    }

    @Test
    void whatADeadGatewayHasLeftIsSent() throws Exception {
        put(ReportKind.WEBHOOK);
        station.shut(); // from here on nobody sends, as after a kill
        station.whole(COMMIT, BuildState.SUCCEEDED);
        List<String> deliveries = station.column("SELECT uuid FROM deliveries ORDER BY id");
        reopen();
        assertEquals(List.of(), receiver.got());

        station.open(Station.loopback(true));
        station.awaitEmpty();

        receiver.await(3);
        assertEquals(deliveries, receiver.bodies("/delivery"));
    }

    @Test
    void whatWasTakenAndNotRecordedAsTakenComesAgainAsTheSameDelivery() throws Exception {
        put(ReportKind.WEBHOOK);
        CountDownLatch dead = new CountDownLatch(1);
        receiver.then(exchange -> uninterrupted(dead)); // it has the request, and the gateway never gets the answer
        station.queued(COMMIT);
        receiver.await(1);
        List<String> deliveries = station.column("SELECT uuid FROM deliveries");
        reopen();
        dead.countDown();

        station.open(Station.loopback(true));
        station.awaitEmpty();

        receiver.await(2);
        assertEquals(List.of(deliveries.getFirst(), deliveries.getFirst()), receiver.bodies("/delivery"));
    }

    @Test
    void aRemovedProjectIsSilent() throws Exception {
        receiver.always(status(503, "Retry-After", "1000"));
        put(ReportKind.WEBHOOK);
        Build build = station.queued(COMMIT);
        receiver.await(1);

        station.projects.remove("web", "root");
        station.move(station.move(build, BuildState.RUNNING), BuildState.CANCELED);

        assertEquals(List.of(), station.column("SELECT uuid FROM deliveries"));
        assertEquals(List.of(), station.column("SELECT name FROM reports"));
        assertEquals(List.of(), station.column("SELECT name FROM secrets"));
        receiver.await(1);
    }

    @Test
    void aReportThatIsRemovedTakesWhatWaitsAndItsTokenWithIt() throws Exception {
        receiver.always(status(503, "Retry-After", "1000"));
        put(ReportKind.WEBHOOK);
        station.queued(COMMIT);
        receiver.await(1);

        assertTrue(station.reports().remove(station.web, "ci", "ann"));
        assertFalse(station.reports().remove(station.web, "ci", "ann"));

        assertEquals(List.of(), station.column("SELECT uuid FROM deliveries"));
        assertEquals(List.of(), station.column("SELECT name FROM secrets"));
        assertEquals(1, events("report.created").size());
        assertEquals(1, events("report.removed").size());
    }

    @Test
    void writtenAnewItIsTriedAtOnce() throws Exception {
        receiver.then(status(503, "Retry-After", "1000"));
        put(ReportKind.WEBHOOK);
        station.queued(COMMIT);
        Station.until(
                "the problem", () -> station.report("ci").course().problem().isPresent());

        put(ReportKind.WEBHOOK);
        station.awaitEmpty();

        receiver.await(2);
        assertEquals(1, events("report.changed").size());
    }

    @Test
    void theOldestMakeRoom() throws Exception {
        put(ReportKind.WEBHOOK);
        station.shut();
        for (int i = 0; i < 7; i++) {
            station.queued(COMMIT);
        }

        assertEquals(List.of("3", "4", "5", "6", "7"), station.column("SELECT build_id FROM deliveries ORDER BY id"));
        assertEquals(
                "queued: more than 5 states wait (reports.waiting)", failure().words());
        assertEquals(2, events("report.failed").size());
    }

    @Test
    void nothingIsReportedWhereThatIsOff() throws Exception {
        put(ReportKind.WEBHOOK);
        station.shut();
        station.open(new Destinations("reports", List.of(), true, address -> true, Destinations::lookUp));

        assertInstanceOf(ReportPut.Off.class, write("ci", settings(ReportKind.WEBHOOK), new ReportToken.Given(TOKEN)));
        assertEquals(
                Optional.of("the operator has allowed no host (reports.allow)"),
                station.reports().forbidden(station.report("ci")));

        ReportOutbox shut = new ReportOutbox(station.database, station.events, false, 5);
        Build build = station.queued(COMMIT);
        station.database.write(connection -> Sql.update(connection, "DELETE FROM deliveries"));
        station.database.write(connection -> {
            shut.changed(connection, build, build.created());
            return 0;
        });
        assertEquals(List.of(), station.column("SELECT uuid FROM deliveries"));
        assertEquals(List.of(), receiver.got());
    }

    @Test
    void aPlaceThatIsNotAllowedIsRefusedWhenItIsWrittenAndWhenItIsSentTo() throws Exception {
        put(ReportKind.WEBHOOK);
        station.shut();
        Destinations others = new Destinations(
                "reports",
                List.of(HostPattern.parse("*.example").orElseThrow()),
                true,
                InetAddress::isLoopbackAddress,
                Destinations::lookUp);
        station.open(others);

        ReportPut again = write("ci", settings(ReportKind.WEBHOOK), new ReportToken.Given(TOKEN));
        assertEquals(
                "the host 127.0.0.1:" + receiver.port() + " is not allowed (reports.allow)",
                assertInstanceOf(ReportPut.Forbidden.class, again).words());

        station.queued(COMMIT);
        assertTrue(
                failure().words().contains("is not allowed (reports.allow); given up after 1 try"), failure()::words);
        assertEquals(List.of(), receiver.got());
    }

    @Test
    void aTokenStaysOnlyWhereItWasGivenFor() throws Exception {
        assertInstanceOf(
                ReportPut.NoToken.class, write("ci", settings(ReportKind.WEBHOOK), new ReportToken.Unchanged()));
        put(ReportKind.GITEA);

        ReportPut otherPath = write(
                "ci",
                Station.settings(ReportKind.GITEA, "http://127.0.0.1:" + receiver.port() + "/below"),
                new ReportToken.Unchanged());
        assertInstanceOf(ReportPut.Stored.class, otherPath);
        station.queued(COMMIT);
        station.awaitEmpty();
        assertEquals("token " + TOKEN, receiver.await(1).getFirst().header("Authorization"));

        ReportPut otherHost =
                write("ci", Station.settings(ReportKind.GITEA, "http://127.0.0.1:1/"), new ReportToken.Unchanged());
        assertInstanceOf(ReportPut.TokenOfAnotherPlace.class, otherHost);
    }

    @Test
    void whoChangesTheRecordsAloneSendsATokenNowhereElse() throws Exception {
        put(ReportKind.GITEA);
        try (Receiver thief = new Receiver()) {
            station.database.write(connection ->
                    Sql.update(connection, "UPDATE reports SET url = ?", "http://127.0.0.1:" + thief.port() + "/"));

            station.queued(COMMIT);

            assertEquals(
                    "queued: its token is not there any more: put it again; given up after 1 try",
                    failure().words());
            assertEquals(List.of(), thief.got());
        }
    }

    @Test
    void aSecretThatIsNotThereIsRefusedAndOneThatIsGoneIsSaid() throws Exception {
        ReportToken token = new ReportToken.OfSecret("FORGE_TOKEN");
        assertInstanceOf(ReportPut.NoSecret.class, write("ci", settings(ReportKind.GITEA), token));
        station.secret("FORGE_TOKEN", TOKEN);
        assertInstanceOf(ReportPut.Stored.class, write("ci", settings(ReportKind.GITEA), token));
        assertInstanceOf(
                ReportPut.NoSecret.class,
                write("other", settings(ReportKind.GITEA), new ReportToken.OfSecret("report:ci")));
        station.secrets.remove(station.web, "FORGE_TOKEN");

        station.queued(COMMIT);

        assertEquals(
                "queued: the project has no secret FORGE_TOKEN; given up after 1 try",
                failure().words());
    }

    @Test
    void aProjectHasOnlySoMany() {
        for (String name : List.of("a", "b", "c")) {
            station.put(name, settings(ReportKind.GITEA), TOKEN);
        }
        assertEquals(new ReportPut.Full(3), write("d", settings(ReportKind.GITEA), new ReportToken.Given(TOKEN)));
        station.put("a", settings(ReportKind.GITEA), TOKEN);
    }

    @Test
    void aTokenIsSeenNowhere() throws Exception {
        receiver.always(status(500, TOKEN));
        Report report = put(ReportKind.GITEA);
        station.queued(COMMIT);
        failure();

        assertFalse(report.toString().contains(TOKEN));
        assertFalse(station.report("ci").toString().contains(TOKEN));
        assertFalse(new ReportToken.Given(TOKEN).toString().contains(TOKEN));
        assertEquals(List.of(), station.secrets.list(station.web));
        assertEquals(Optional.empty(), station.secrets.find(station.web, "report:ci"));
        assertFalse(station.secrets.remove(station.web, "report:ci"));
        assertEquals(
                0, station.secrets.forJob(station.queued(COMMIT)).variables().size());
        station.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(TOKEN),
                        file::toString);
            }
        }
        station = new Station(folder);
    }

    @Test
    void aTokenOutlivesAChangeOfTheKeyOfSecrets() throws Exception {
        put(ReportKind.GITEA);
        station.shut();
        assertEquals(1, new SecretsKeys(station.database, folder.resolve("secrets.key")).change());
        reopen();
        station.open(Station.loopback(true));

        station.queued(COMMIT);
        station.awaitEmpty();

        assertEquals("token " + TOKEN, receiver.await(1).getFirst().header("Authorization"));
    }

    private ReportPut write(String name, ReportSettings settings, ReportToken token) {
        return station.reports().put(station.web, name, settings, token, "ann");
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
