package io.sallyport.builds.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.BlobHold;
import io.sallyport.builds.blob.BlobWriter;
import io.sallyport.builds.blob.FileBlobStore;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.log.LogLimits;
import io.sallyport.builds.log.LogStore;
import io.sallyport.builds.log.LogWriter;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.schedule.ScheduleStore;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceKind;
import io.sallyport.builds.store.BuildStore;
import io.sallyport.builds.store.BuildStore.JobUpdate;
import io.sallyport.builds.store.BuildStore.Left;
import io.sallyport.builds.store.Schema;
import io.sallyport.builds.store.SqliteBuildStore;
import io.sallyport.builds.store.SqliteProjectStore;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Records, blobs and logs on a folder of a test's own, with builds that ended some time ago. */
final class Storehouse implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final int QUICK = 1_000_000;

    /** 10 days for artifacts, 20 for sources, 30 for logs, 100 for builds; nothing is kept for longer. */
    static final KeepRules RULES = new KeepRules(10, 20, 30, 100, 0, false, 0);

    final Path folder;
    final Database database;
    final SqliteProjectStore projects;
    final SqliteBuildStore builds;
    final FileBlobStore blobs;
    final LogStore logs;
    final RetentionStore store;
    private final EventLog events;
    final ScheduleStore schedules;

    Storehouse(Path folder) throws IOException {
        this.folder = folder;
        this.database = Database.open(folder.resolve("db.sqlite"), Schema.MIGRATIONS);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        this.events = EventLog.open(database, clock, new EventSettings(100_000, Duration.ofDays(10_000)));
        this.projects = new SqliteProjectStore(database, events, clock);
        this.builds = new SqliteBuildStore(database, events);
        this.blobs = FileBlobStore.open(folder);
        this.logs = new LogStore(folder.resolve("logs"), new LogLimits(1 << 20));
        this.store = new RetentionStore(database, events);
        this.schedules = new ScheduleStore(database, events);
    }

    Project project(String name) {
        return projects.put(name, ProjectSettings.DEFAULTS, "ann").project();
    }

    Retention retention(KeepRules rules, long bytes) {
        return retention(new RetentionSettings(Optional.empty(), rules, bytes, QUICK), () -> NOW);
    }

    Retention retention(RetentionSettings settings, InstantSource clock) {
        return Retention.start(
                new RetentionParts(store, new BlobRecords(database), projects, schedules, blobs, logs, () -> () -> {}),
                settings,
                clock);
    }

    Made build(Project project) {
        return new Made(project);
    }

    /** A build in the making: it has succeeded without a ref, left nothing, and printed its own number. */
    final class Made {
        private final Project project;
        private Optional<String> ref = Optional.empty();
        private BuildState state = BuildState.SUCCEEDED;
        private boolean trusted;
        private String source = "source";
        private final Map<String, Map<String, String>> files = new TreeMap<>();
        private final Map<String, Duration> expireIn = new TreeMap<>();

        private Made(Project project) {
            this.project = project;
        }

        Made ref(String name) {
            ref = Optional.of(name);
            return this;
        }

        Made state(BuildState wanted) {
            state = wanted;
            return this;
        }

        Made trusted() {
            trusted = true;
            return this;
        }

        Made source(String text) {
            source = text;
            return this;
        }

        Made artifact(String job, String path, String text) {
            files.computeIfAbsent(job, name -> new TreeMap<>()).put(path, text);
            return this;
        }

        Made expireIn(String job, Duration time) {
            expireIn.put(job, time);
            return this;
        }

        /** Ended so many days ago. */
        long days(int ago) throws IOException {
            return ended(NOW.minus(Duration.ofDays(ago)));
        }

        long ended(Instant time) throws IOException {
            Build build;
            try (BlobWriter writer = blobs.create()) {
                writer.write(ByteBuffer.wrap(source.getBytes(UTF_8)));
                build = insert(writer.commit(), time);
            }
            builds.begin(build.id(), List.of(), time);
            try (LogWriter log = logs.of(build.id()).writer()) {
                log.system(0, "log of build " + build.id());
                log.end(state);
            }
            int place = 0;
            for (Map.Entry<String, Map<String, String>> job : files.entrySet()) {
                try (BlobHold hold = blobs.hold()) {
                    List<Artifact> artifacts = new ArrayList<>();
                    for (Map.Entry<String, String> file : job.getValue().entrySet()) {
                        try (BlobWriter writer = hold.create()) {
                            writer.write(ByteBuffer.wrap(file.getValue().getBytes(UTF_8)));
                            artifacts.add(new Artifact(file.getKey(), writer.commit(), job.getKey(), false));
                        }
                    }
                    Left left = new Left(artifacts, new TreeMap<>(), Optional.ofNullable(expireIn.get(job.getKey())));
                    Job running =
                            Job.queued(job.getKey(), "build", Job.Terms.USUAL).running("process", false, time);
                    Job ended = running.ended(JobState.SUCCEEDED, Optional.empty(), OptionalInt.of(0), time);
                    builds.put(
                            build.id(),
                            List.of(
                                    new JobUpdate(place, running, Optional.empty()),
                                    new JobUpdate(place, ended, Optional.of(left))));
                    place++;
                }
            }
            builds.end(build.id(), state, Optional.empty(), time, Optional.empty());
            return build.id();
        }

        private Build insert(Blob blob, Instant time) {
            BuildRequest request = new BuildRequest(
                    ref,
                    Optional.empty(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty());
            List<String> jobs = files.isEmpty() ? List.of("build") : List.copyOf(files.keySet());
            return builds.insert(new BuildStore.NewBuild(
                            project,
                            request,
                            "ann",
                            trusted,
                            new Source(
                                    source.startsWith("sallyport-manifest") ? SourceKind.MANIFEST : SourceKind.TAR,
                                    blob,
                                    1,
                                    1,
                                    1),
                            new BuildStore.SpecText(".sallyport.yml", "script: true"),
                            Plan.EMPTY,
                            jobs.stream()
                                    .map(name -> Job.queued(name, "build", Job.Terms.USUAL))
                                    .toList(),
                            older -> false,
                            time))
                    .build();
        }
    }

    /** What is on the disk: {@code blob TEXT} and {@code log N}. */
    Set<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).flatMap(this::name).collect(Collectors.toSet());
        }
    }

    private Stream<String> name(Path file) {
        String name = file.getFileName().toString();
        try {
            return file.startsWith(folder.resolve("blobs"))
                    ? Stream.of("blob " + Files.readString(file))
                    : name.endsWith(".log") ? Stream.of("log " + name.replace(".log", "")) : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> column(String query) {
        return database.read(connection -> Sql.list(connection, query, row -> row.getString(1)));
    }

    void update(String statement) {
        database.write(connection -> Sql.update(connection, statement));
    }

    @Override
    public void close() {
        logs.close();
        events.close();
        database.close();
    }
}
