package io.sallyport.builds.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.Build;
import io.sallyport.builds.Project;
import io.sallyport.builds.mask.Mask;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The secrets of projects, sealed with a key that is in a file beside the database. Values go in, and come out for jobs
 * alone. What a changing method has returned is on disk. A project that is removed loses its secrets with it. All
 * methods may be called from any thread.
 */
public final class SecretStore {
    private final Database database;
    private final KeyRing ring;
    private final SecretLimits limits;
    private final Clock clock;

    private SecretStore(Database database, KeyRing ring, SecretLimits limits, Clock clock) {
        this.database = database;
        this.ring = ring;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Opens it. The key file is made when there is none and no secret yet. A change of keys that was cut off is brought
     * to its end.
     *
     * @param database opened with {@link io.sallyport.builds.store.Schema#MIGRATIONS}
     * @throws SecretsKeyException when secrets are sealed with a key that the file does not have, or others than its
     *     owner may use it
     * @throws IOException when the file cannot be read or written
     */
    public static SecretStore open(Database database, Path keyFile, SecretLimits limits, Clock clock)
            throws IOException {
        return new SecretStore(database, new SecretsKeys(database, keyFile).open(), limits, clock);
    }

    /** The secrets of a project, in the order of their names. */
    public List<Secret> list(Project project) {
        return database.read(connection -> SecretRow.ofProject(connection, project.id()).stream()
                .map(row -> row.known(ring))
                .toList());
    }

    /** The secret of that name. */
    public Optional<Secret> find(Project project, String name) {
        return database.read(connection -> SecretRow.find(connection, project.id(), name)
                .map(row -> row.known(ring))
                .filter(secret -> Secret.isName(secret.name())));
    }

    /**
     * Makes a secret, or gives it another value.
     *
     * @param name see {@link Secret#isName}
     * @param rules that change; those of a new one are {@link Secret.Rules#USUAL} otherwise
     * @param body the value. Unless it is for a file, one newline at its end is left out
     * @param by who puts it
     */
    public SecretPut put(Project project, String name, Secret.RulesChange rules, byte[] body, String by) {
        if (!Secret.isName(name)) {
            throw new IllegalArgumentException(name);
        }
        return database.write(connection -> {
            Optional<Secret> before =
                    SecretRow.find(connection, project.id(), name).map(SecretRow::secret);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Secret.Rules wanted = rules.of(before.map(Secret::rules).orElse(Secret.Rules.USUAL));
            byte[] value = SecretValue.of(body, wanted.file());
            Optional<SecretPut> refusal = refusal(connection, project, name, value);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            Secret secret = new Secret(
                    name,
                    wanted,
                    wanted.masked() && !SecretValue.isShort(new String(value, UTF_8)),
                    before.map(Secret::version).orElse(0) + 1,
                    Secret.atMost(value.length),
                    before.map(Secret::created).orElse(now),
                    now,
                    by);
            SecretRow.seal(project.id(), secret, value, ring.current()).put(connection);
            List<SecretPut.Remark> remarks =
                    wanted.masked() ? SecretValue.remarks(new String(value, UTF_8)) : List.of();
            return new SecretPut.Stored(secret, before.isEmpty(), remarks);
        });
    }

    private Optional<SecretPut> refusal(Connection connection, Project project, String name, byte[] value)
            throws SQLException {
        if (value.length == 0) {
            return Optional.of(new SecretPut.Empty());
        }
        if (value.length > limits.bytes()) {
            return Optional.of(new SecretPut.TooLong(limits.bytes()));
        }
        if (SecretValue.text(value).isEmpty()) {
            return Optional.of(new SecretPut.NoText());
        }
        List<SecretRow> others = SecretRow.ofProject(connection, project.id()).stream()
                .filter(row -> !row.secret().name().equals(name))
                .toList();
        if (others.size() >= limits.count()) {
            return Optional.of(new SecretPut.TooMany(limits.count()));
        }
        if (others.stream().mapToLong(row -> row.sealed().length()).sum() + value.length > limits.allBytes()) {
            return Optional.of(new SecretPut.TooMuch(limits.allBytes()));
        }
        return isThere(connection, project) ? Optional.empty() : Optional.of(new SecretPut.NoProject());
    }

    private static boolean isThere(Connection connection, Project project) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT id FROM projects WHERE id = ? AND removed IS NULL",
                        row -> row.getLong(1),
                        project.id())
                .isPresent();
    }

    /** Removes the secret of that name; false when there is none. */
    public boolean remove(Project project, String name) {
        return Secret.isName(name)
                && database.write(connection -> Sql.update(
                                connection, "DELETE FROM secrets WHERE project_id = ? AND name = ?", project.id(), name)
                        > 0);
    }

    /** What the gateway itself keeps and uses, sealed in the same way. */
    public OwnSecrets own() {
        return new OwnSecrets(database, ring, clock);
    }

    /** The longest value that is taken, in bytes. */
    public int longest() {
        return limits.bytes();
    }

    /**
     * The text of a secret that the gateway itself uses for a source, and gives to no job; empty when there is none, or it
     * is for protected refs and the build will not be trusted.
     *
     * @throws DamagedSecretException when it is not as it was written
     */
    public Optional<String> forFetch(Project project, String name, boolean trusted) throws DamagedSecretException {
        Optional<Secret> secret =
                find(project, name).filter(found -> trusted || !found.rules().protectedOnly());
        return secret.isEmpty()
                ? Optional.empty()
                : own().open(project.id(), name).map(value -> new String(value, UTF_8));
    }

    /**
     * What a job of a build is given now. Whose secrets these are is told by the build's record, not by a name: a
     * project made anew has nothing for the builds of the one before.
     *
     * @throws DamagedSecretException when one that it is to be given is not as it was written
     */
    public JobSecrets forJob(Build build) throws DamagedSecretException {
        List<SecretRow> rows =
                database.read(connection -> Sql.list(connection, SecretRow.OF_BUILD, SecretRow::read, build.id()));
        Map<String, String> variables = new LinkedHashMap<>();
        Map<String, String> plain = new LinkedHashMap<>();
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<JobSecrets.Withheld> withheld = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        for (SecretRow row : rows) {
            String name = row.secret().name();
            Secret.Rules rules = row.secret().rules();
            if (name.equals(Secret.GIT_CREDENTIALS)) {
                continue;
            }
            if (rules.protectedOnly() && !build.trusted()) {
                withheld.add(new JobSecrets.Withheld.Protected(name));
            } else if (build.request().variables().containsKey(name)) {
                withheld.add(new JobSecrets.Withheld.Overridden(name));
            } else {
                byte[] value = row.open(ring).orElseThrow(() -> new DamagedSecretException(build.project(), name));
                String text = new String(value, UTF_8);
                if (rules.file()) {
                    files.put(name, value);
                } else {
                    variables.put(name, text);
                }
                if (rules.masked()) {
                    hidden.add(text);
                } else if (!rules.file()) {
                    plain.put(name, text);
                }
            }
        }
        return new JobSecrets(variables, plain, files, withheld, Mask.of(hidden));
    }
}
