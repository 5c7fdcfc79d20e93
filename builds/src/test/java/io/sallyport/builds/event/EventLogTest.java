package io.sallyport.builds.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.event.EventLog.Reading;
import io.sallyport.builds.event.EventReader.Next;
import io.sallyport.builds.store.Schema;
import io.sallyport.builds.store.SqliteProjectStore;
import io.sallyport.database.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventLogTest {
    private static final Predicate<Topic> ALL = topic -> true;
    private static final EventSettings PLENTY = new EventSettings(1_000_000, Duration.ofDays(1));

    @TempDir
    Path folder;

    private Database database;
    private EventLog log;
    private SqliteProjectStore projects;

    @BeforeEach
    void open() {
        open(PLENTY);
        projects.put("web", ProjectSettings.DEFAULTS, "root");
        projects.put("app", ProjectSettings.DEFAULTS, "root");
    }

    private void open(EventSettings settings) {
        database = Database.open(folder.resolve("db"), Schema.MIGRATIONS);
        log = EventLog.open(database, Clock.systemUTC(), settings);
        projects = new SqliteProjectStore(database, log, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    @Test
    void whatIsUndoneIsNoEvent() throws Exception {
        assertThrows(
                IllegalStateException.class,
                () -> database.write(connection -> {
                    log.record(connection, limit("undone"));
                    throw new IllegalStateException("on purpose");
                }));
        log.add(limit("done"));

        assertEquals(List.of("1 done"), read(this::isLimit, new Start.Oldest()));
    }

    @Test
    void eachViewIsNumberedWithoutGaps() throws Exception {
        for (int i = 0; i < 200; i++) {
            log.add(ofProject(i % 2 == 0 ? "web" : "app", "n" + i));
        }

        assertEquals(
                IntStream.range(0, 100).mapToObj(i -> i + 1 + " n" + 2 * i).toList(),
                read(changes("web"), new Start.Oldest()));
        assertEquals(List.of("100 n199"), read(changes("app"), new Start.Numbered(99)));
        assertEquals(List.of(), read(changes("app"), new Start.Newest()));
        assertInstanceOf(Reading.NotYet.class, log.read(changes("app"), new Start.Numbered(101), false));
    }

    @Test
    void theNewestAreCountedInTheReadersViewAndKeepTheirNumbers() throws Exception {
        for (int i = 0; i < 200; i++) {
            log.add(ofProject(i % 2 == 0 ? "web" : "app", "n" + i));
        }

        assertEquals(List.of("99 n196", "100 n198"), read(changes("web"), new Start.Last(2)));
        assertEquals(read(changes("web"), new Start.Oldest()), read(changes("web"), new Start.Last(100)));
        assertEquals(read(changes("web"), new Start.Oldest()), read(changes("web"), new Start.Last(Long.MAX_VALUE)));
        close();
        open(new EventSettings(20, Duration.ofDays(1)));
        awaitOldest(changes("web"), 80);
        assertEquals(read(changes("web"), new Start.Oldest()), read(changes("web"), new Start.Last(50)));
        assertEquals(List.of("99 n196", "100 n198"), read(changes("web"), new Start.Last(2)));
    }

    @Test
    void aReaderThatWasCutOffGoesOnAtEachPlace() throws Exception {
        for (int i = 0; i < 150; i++) {
            log.add(ofProject(i % 3 == 0 ? "web" : "app", "n" + i));
        }
        List<Next.Found> all = found(changes("web"), new Start.Oldest());
        close();
        open(PLENTY);

        for (int i = 0; i < all.size(); i++) {
            long position = all.get(i).event().position();
            long number = all.get(i).number();
            List<Next.Found> rest = all.subList(i + 1, all.size());
            assertEquals(
                    rest, found(changes("web"), new Start.Position(position, OptionalLong.of(number))), "after " + i);
            assertEquals(rest, found(changes("web"), new Start.Position(position, OptionalLong.empty())));
            assertEquals(rest, found(changes("web"), new Start.Numbered(number)));
        }
        assertInstanceOf(Reading.NotYet.class, log.read(ALL, new Start.Position(100_000, OptionalLong.empty()), false));
    }

    @Test
    void theNewestOfEachProjectAreKeptAndNumbersStay() throws Exception {
        for (int i = 0; i < 5; i++) {
            log.add(ofProject("app", "quiet" + i));
        }
        for (int i = 0; i < 100; i++) {
            log.add(ofProject("web", "n" + i));
        }
        close();
        open(new EventSettings(20, Duration.ofDays(1)));
        awaitOldest(changes("web"), 80);

        assertEquals(
                IntStream.range(80, 100).mapToObj(i -> i + 1 + " n" + i).toList(),
                read(changes("web"), new Start.Oldest()));
        assertEquals(new Reading.TooOld(80), log.read(changes("web"), new Start.Numbered(79), false));
        assertEquals("81 n80", read(changes("web"), new Start.Numbered(80)).getFirst());
        assertEquals(5, read(changes("app"), new Start.Numbered(0)).size());
        assertEquals(
                IntStream.range(80, 100).mapToObj(i -> i + 6 + " n" + i).toList(),
                read(changes("web").or(changes("app")), new Start.Oldest()));

        for (int i = 100; i < 200; i++) {
            log.add(ofProject("web", "n" + i));
        }
        awaitOldest(changes("web"), 170); // without a restart
        assertEquals("200 n199", read(changes("web"), new Start.Oldest()).getLast());
    }

    @Test
    void whatIsTooOldIsRemovedUpToTheFirstThatIsNot() throws Exception {
        Instant now = Instant.now();
        for (int days : List.of(9, 8, 1, 7, 0)) {
            log.add(limit("days" + days).at(now.minus(Duration.ofDays(days))));
        }
        close();
        open(new EventSettings(1000, Duration.ofDays(5)));
        awaitOldest(this::isLimit, 2);

        assertEquals(List.of("3 days1", "4 days7", "5 days0"), read(this::isLimit, new Start.Oldest()));
    }

    @Test
    void whatASourceOffersTwiceIsTakenOnce() throws Exception {
        TreeMap<Long, NewEvent> offered = new TreeMap<>();
        for (long i = 1; i <= 10; i++) {
            offered.put(i, limit("n" + i));
        }
        log.take("keys", offered.headMap(7L));
        assertEquals(6, log.taken("keys"));
        log.take("keys", offered);
        log.take("keys", offered);

        assertEquals(10, read(this::isLimit, new Start.Oldest()).size());
        assertEquals(10, log.taken("keys"));
    }

    @Test
    void aNameIsTheProjectThatHadItThen() throws Exception {
        Instant before = Instant.now();
        assertTrue(projects.remove("web", "root"));
        projects.put("web", ProjectSettings.DEFAULTS, "root");
        log.add(NewEvent.of(EventType.DEPLOY_KEY_REMOVED, new Subject.Named("web"))
                .at(before)
                .fact("limit", "old"));
        log.add(NewEvent.of(EventType.DEPLOY_KEY_ADDED, new Subject.Named("web"))
                .at(Instant.now().plusMillis(2))
                .fact("limit", "new"));

        assertEquals(List.of("1 new"), read(topic -> topic.type().kind().equals("deploy-key"), new Start.Oldest()));
    }

    @Test
    void ofAProjectThatIsGoneNothingIsSeenButThatByAnybodyWhetherFollowedOrNot() throws Exception {
        BlockingQueue<String> followed = follow(topic -> topic.project().equals("web"), new Start.Newest());
        log.add(ofProject("web", "n1"));
        assertEquals("2 n1", take(followed));
        EventTail.Look.Found held =
                assertInstanceOf(EventTail.Look.Found.class, log.tail().after(2));
        assertEquals("n1", held.event().facts().path("limit").asText());
        projects.remove("web", "root");
        assertEquals("3 ", take(followed));

        projects.put("web", ProjectSettings.DEFAULTS, "root");
        assertEquals("4 ", take(followed));
        Predicate<Topic> web = topic -> topic.project().equals("web");
        List<String> types = found(web, new Start.Oldest()).stream()
                .map(found -> found.event().topic().type().label())
                .toList();
        assertEquals(List.of("project.removed", "project.created"), types);
        assertInstanceOf(EventTail.Look.TooFar.class, log.tail().after(2));
    }

    @Test
    void aThousandFollowersGetAllOfItOnce() throws Exception {
        int followers = 1000;
        int events = 200;
        CountDownLatch done = new CountDownLatch(followers);
        for (int i = 0; i < followers; i++) {
            var reader = reader(this::isLimit, new Start.Newest(), true);
            Thread.ofVirtual().start(() -> {
                for (int n = 1; n <= events; n++) {
                    if (!(next(reader) instanceof Next.Found found) || found.number() != n) {
                        return;
                    }
                }
                done.countDown();
            });
        }
        for (int i = 0; i < events; i++) {
            log.add(limit("n" + i));
        }

        assertTrue(done.await(50, TimeUnit.SECONDS), () -> done.getCount() + " followers have not got all");
    }

    @Test
    void aFollowerFarBehindReadsPagesAndJoinsTheOthers() throws Exception {
        addLimits(3000);
        BlockingQueue<String> followed = follow(this::isLimit, new Start.Oldest());
        for (int i = 0; i < 3000; i++) {
            assertEquals(i + 1 + " n" + i, take(followed));
        }
        log.add(limit("more"));
        assertEquals("3001 more", take(followed));
    }

    /** If each held what it has not read yet, no memory would do. */
    @Test
    void aThousandReadersThatStopHoldAlmostNothing() throws Exception {
        addLimits(100);
        List<EventReader> stopped = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            EventReader reader = reader(this::isLimit, new Start.Oldest(), i % 2 == 0);
            assertEquals(1, assertInstanceOf(Next.Found.class, reader.next()).number());
            stopped.add(reader);
        }
        for (int i = 0; i < 20; i++) {
            addLimits(1000);
        }

        for (EventReader reader : stopped) {
            assertEquals(2, assertInstanceOf(Next.Found.class, reader.next()).number());
        }
    }

    @Test
    void whatIsKeptAfterARemovalIsFollowedFromItsBeginning() throws Exception {
        addLimits(5000);
        close();
        open(new EventSettings(3000, Duration.ofDays(1)));
        awaitOldest(this::isLimit, 2000);

        BlockingQueue<String> followed = follow(this::isLimit, new Start.Oldest());
        for (int i = 2000; i < 5000; i++) {
            assertEquals(i + 1 + " n" + i, take(followed));
        }
    }

    @Test
    void aRightThatIsTakenAwayCountsForTheNextEvent() throws Exception {
        AtomicReference<String> visible = new AtomicReference<>("web");
        BlockingQueue<String> followed =
                follow(topic -> isChange(topic) && topic.project().equals(visible.get()), new Start.Newest());
        log.add(ofProject("web", "n1"));
        assertEquals("1 n1", take(followed));
        visible.set("app");
        log.add(ofProject("web", "n2"));
        log.add(ofProject("app", "n3"));
        assertEquals("2 n3", take(followed));

        for (int i = 0; i < 10; i++) {
            log.add(ofProject("web", "page" + i));
        }
        visible.set("web");
        var reader =
                reader(topic -> isChange(topic) && topic.project().equals(visible.get()), new Start.Oldest(), false);
        assertInstanceOf(Next.Found.class, reader.next());
        visible.set("app"); // the page has been read already
        assertInstanceOf(Next.End.class, reader.next());
    }

    @Test
    void aReaderThatRetentionOvertakesIsTold() throws Exception {
        addLimits(2000); // the newest thousand are in memory for all followers
        var slow = reader(this::isLimit, new Start.Oldest(), true);
        for (int i = 1; i <= 64; i++) {
            assertEquals(i, assertInstanceOf(Next.Found.class, slow.next()).number());
        }
        EventRetention strict =
                new EventRetention(database, Clock.systemUTC(), new EventSettings(10, Duration.ofDays(1)));
        strict.start();
        awaitOldest(this::isLimit, 1990);
        strict.close();

        Next next = slow.next();
        while (next instanceof Next.Found) {
            next = slow.next();
        }
        assertInstanceOf(Next.Removed.class, next);
    }

    @Test
    void followersAreLetGoAtTheEndWithAllThatThereIs() throws Exception {
        var reader = reader(this::isLimit, new Start.Newest(), true);
        log.add(limit("last"));
        log.close();

        assertInstanceOf(Next.Found.class, reader.next());
        assertInstanceOf(Next.End.class, reader.next());
    }

    @Test
    void theSecretStays() {
        byte[] secret = log.secret();
        close();
        open(PLENTY);

        assertEquals(32, secret.length);
        assertEquals(List.of(box(secret)), List.of(box(log.secret())));
    }

    private void addLimits(int count) {
        database.write(connection -> {
            for (int i = 0; i < count; i++) {
                log.record(connection, limit("n" + i));
            }
            return count;
        });
    }

    private static String box(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }

    private void awaitOldest(Predicate<Topic> view, long number) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!(log.read(view, new Start.Numbered(number - 1), false) instanceof Reading.TooOld)) {
            assertTrue(System.nanoTime() < end, "nothing is removed");
            Thread.sleep(5);
        }
    }

    private EventReader reader(Predicate<Topic> view, Start start, boolean follow) {
        return assertInstanceOf(Reading.Open.class, log.read(view, start, follow))
                .reader();
    }

    private List<Next.Found> found(Predicate<Topic> view, Start start) throws InterruptedException {
        EventReader reader = reader(view, start, false);
        List<Next.Found> all = new ArrayList<>();
        Next next = reader.next();
        while (next instanceof Next.Found found) {
            all.add(found);
            next = reader.next();
        }
        // Whose oldest event is removed before it is read begins anew, as a client does.
        return next instanceof Next.Removed && start instanceof Start.Oldest ? found(view, start) : all;
    }

    private List<String> read(Predicate<Topic> view, Start start) throws InterruptedException {
        return found(view, start).stream().map(EventLogTest::text).toList();
    }

    private BlockingQueue<String> follow(Predicate<Topic> view, Start start) {
        EventReader reader = reader(view, start, true);
        BlockingQueue<String> given = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> {
            while (next(reader) instanceof Next.Found found) {
                given.add(text(found));
            }
        });
        return given;
    }

    private static Next next(EventReader reader) {
        try {
            return reader.next();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String take(BlockingQueue<String> queue) throws InterruptedException {
        return String.valueOf(queue.poll(30, TimeUnit.SECONDS));
    }

    private static String text(Next.Found found) {
        return found.number() + " " + found.event().facts().path("limit").asText();
    }

    private boolean isLimit(Topic topic) {
        return topic.type() == EventType.LIMIT_REACHED;
    }

    private static boolean isChange(Topic topic) {
        return topic.type() == EventType.PROJECT_CHANGED;
    }

    private static Predicate<Topic> changes(String project) {
        return topic -> isChange(topic) && topic.project().equals(project);
    }

    private static NewEvent limit(String text) {
        return NewEvent.of(EventType.LIMIT_REACHED, new Subject.House()).fact("limit", text);
    }

    private NewEvent ofProject(String name, String text) {
        long id = projects.project(name).orElseThrow().id();
        return NewEvent.of(EventType.PROJECT_CHANGED, new Subject.OfProject(id, name))
                .fact("limit", text);
    }
}
