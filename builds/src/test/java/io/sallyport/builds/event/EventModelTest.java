package io.sallyport.builds.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.event.EventLog.Reading;
import io.sallyport.builds.event.EventReader.Next;
import io.sallyport.builds.store.Schema;
import io.sallyport.builds.store.SqliteProjectStore;
import io.sallyport.database.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many steps at random, against a list in memory that says what each reader has to get. */
@Timeout(60)
class EventModelTest {
    private static final List<String> PROJECTS = List.of("a", "b", "c");
    private static final List<EventType> TYPES = List.of(
            EventType.PROJECT_CHANGED, EventType.DEPLOY_KEY_ADDED, EventType.DEPLOY_KEY_REMOVED, EventType.KEY_ADDED);
    private static final EventSettings FEW = new EventSettings(15, Duration.ofDays(1));

    @TempDir
    Path folder;

    private final List<Made> made = new ArrayList<>();
    private Database database;
    private EventLog log;
    private SqliteProjectStore projects;
    private Random random = new Random(0);

    /** An event as it was recorded; its place in the list is its number among all. */
    private static final class Made {
        final Topic topic;
        boolean removed;

        Made(Topic topic) {
            this.topic = topic;
        }

        String stream() {
            return topic.project() + " " + topic.type().kind();
        }
    }

    /** What somebody may see, where they are, and whether their stream is open. */
    private final class Somebody {
        final Predicate<Topic> view;
        final boolean follows;
        int known = -1; // place in the list of the last one that they have
        long position;
        long number;

        Somebody(Predicate<Topic> view, boolean follows) {
            this.view = view;
            this.follows = follows;
        }

        /** Reads on from where they are, or from the oldest, and checks each. */
        void read() throws InterruptedException {
            int complete = lastRemoved();
            Start start = known < 0 ? new Start.Oldest() : new Start.Position(position, OptionalLong.of(number));
            Reading reading = log.read(view, start, follows);
            if (known >= 0 && complete > known) {
                assertEquals(new Reading.TooOld(rank(complete)), reading);
                known = -1;
                return;
            }
            EventReader reader = assertInstanceOf(Reading.Open.class, reading).reader();
            int from = known;
            if (known < 0) {
                from = complete;
                number = rank(complete);
            }
            int stop = random.nextInt(40);
            for (int i = from + 1; i < made.size() && stop > 0; i++) {
                if (view.test(made.get(i).topic) && !made.get(i).removed) {
                    Next.Found found = assertInstanceOf(Next.Found.class, reader.next());
                    assertEquals(i, found.event().facts().path("place").asInt());
                    assertEquals(++number, found.number());
                    assertEquals(rank(i), found.number());
                    position = found.event().position();
                    known = i;
                    stop--;
                }
            }
            if (stop > 0 && !follows) {
                assertInstanceOf(Next.End.class, reader.next());
            }
        }

        private int lastRemoved() {
            for (int i = made.size() - 1; i >= 0; i--) {
                if (made.get(i).removed && view.test(made.get(i).topic)) {
                    return i;
                }
            }
            return -1;
        }

        private long rank(int place) {
            return made.subList(0, place + 1).stream()
                    .filter(each -> view.test(each.topic))
                    .count();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void eachReaderGetsWhatTheyMaySeeOnceAndInOrder(long seed) throws Exception {
        random = new Random(seed);
        open();
        for (String project : PROJECTS) {
            projects.put(project, ProjectSettings.DEFAULTS, "root");
            made.add(new Made(new Topic(EventType.PROJECT_CREATED, project, "")));
        }
        List<Somebody> people = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            people.add(new Somebody(view(), i % 2 == 0));
        }
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(20)) {
                case 0 -> retain();
                case 1 -> {
                    close();
                    open();
                }
                case 2, 3, 4, 5 -> people.get(random.nextInt(people.size())).read();
                default -> record(1 + random.nextInt(5));
            }
        }
        for (Somebody somebody : people) {
            somebody.read();
        }
        close();
    }

    private Predicate<Topic> view() {
        int mask = 1 + random.nextInt(15);
        int types = 1 + random.nextInt(15);
        return topic -> {
            int project = PROJECTS.indexOf(topic.project()) + 1;
            int type = TYPES.indexOf(topic.type());
            return type >= 0 && (mask >> project & 1) == 1 && (types >> type & 1) == 1;
        };
    }

    private void record(int events) {
        database.write(connection -> {
            for (int i = 0; i < events; i++) {
                EventType type = TYPES.get(random.nextInt(TYPES.size()));
                String project = PROJECTS.get(random.nextInt(PROJECTS.size()));
                boolean house = type == EventType.KEY_ADDED;
                long id = PROJECTS.indexOf(project) + 1L;
                Subject subject = house ? new Subject.House() : new Subject.OfProject(id, project);
                log.record(connection, NewEvent.of(type, subject).fact("place", made.size()));
                made.add(new Made(new Topic(type, house ? "" : project, "")));
            }
            return events;
        });
    }

    private void retain() {
        EventRetention retention = new EventRetention(database, Clock.systemUTC(), FEW);
        retention.look();
        retention.close();
        Map<String, Integer> kept = new HashMap<>();
        for (Made each : made.reversed()) {
            if (!each.removed) {
                each.removed = kept.merge(each.stream(), 1, Integer::sum) > FEW.perProject();
            }
        }
    }

    private void open() {
        database = Database.open(folder.resolve("db"), Schema.MIGRATIONS);
        log = EventLog.open(database, Clock.systemUTC(), new EventSettings(1_000_000, Duration.ofDays(1)));
        projects = new SqliteProjectStore(database, log, Clock.systemUTC());
    }

    private void close() {
        log.close();
        database.close();
    }
}
