package io.sallyport.builds.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceKind;
import io.sallyport.builds.store.BuildStore;
import io.sallyport.builds.store.Schema;
import io.sallyport.builds.store.SqliteBuildStore;
import io.sallyport.builds.store.SqliteProjectStore;
import io.sallyport.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A state directory with a database and a key file, as far as secrets need them. */
final class House implements AutoCloseable {
    static final SecretLimits LIMITS = new SecretLimits(3, 1000, 2000);

    final Path folder;
    final Database database;
    final EventLog events;
    final SqliteProjectStore projects;
    final SqliteBuildStore builds;

    House(Path folder) {
        this.folder = folder;
        this.database = Database.open(folder.resolve("db.sqlite"), Schema.MIGRATIONS);
        this.events = EventLog.open(database, Clock.systemUTC(), new EventSettings(1000, Duration.ofDays(1)));
        this.projects = new SqliteProjectStore(database, events, Clock.systemUTC());
        this.builds = new SqliteBuildStore(database, events);
    }

    Path key() {
        return folder.resolve("secrets.key");
    }

    SecretStore secrets() throws IOException {
        return SecretStore.open(database, key(), LIMITS, Clock.systemUTC());
    }

    SecretsKeys keys() {
        return new SecretsKeys(database, key());
    }

    Project project(String name) {
        return projects.put(name, ProjectSettings.DEFAULTS, "root").project();
    }

    Build build(Project project, boolean trusted, Map<String, String> variables) {
        BuildRequest request = new BuildRequest(
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                new TreeMap<>(variables),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
        return builds.insert(new BuildStore.NewBuild(
                        project,
                        request,
                        "ann",
                        trusted,
                        new Source(SourceKind.TAR, new Blob(new Digest("0".repeat(64)), 0), 0, 0, 0),
                        new BuildStore.SpecText(".sallyport.yml", "script: make"),
                        Plan.EMPTY,
                        List.of(),
                        older -> true,
                        Instant.now()))
                .build();
    }

    /** Puts one with the usual rules. */
    static Secret put(SecretStore secrets, Project project, String name, String value) {
        return put(secrets, project, name, value, Secret.Rules.USUAL);
    }

    static Secret put(SecretStore secrets, Project project, String name, String value, Secret.Rules rules) {
        Secret.RulesChange change = new Secret.RulesChange(
                Optional.of(rules.protectedOnly()), Optional.of(rules.file()), Optional.of(rules.masked()));
        SecretPut put = secrets.put(project, name, change, value.getBytes(UTF_8), "mia");
        return ((SecretPut.Stored) put).secret();
    }

    /** The files that have a text in them. */
    List<String> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(new String(text.getBytes(UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        events.close();
        database.close();
    }
}
