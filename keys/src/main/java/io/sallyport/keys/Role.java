package io.sallyport.keys;

import static io.sallyport.keys.Verb.CANCEL_BUILD;
import static io.sallyport.keys.Verb.CANCEL_OWN_BUILD;
import static io.sallyport.keys.Verb.DEBUG_BUILD;
import static io.sallyport.keys.Verb.DEBUG_OWN_BUILD;
import static io.sallyport.keys.Verb.DRAIN;
import static io.sallyport.keys.Verb.MANAGE_AUTHORITIES;
import static io.sallyport.keys.Verb.MANAGE_CACHES;
import static io.sallyport.keys.Verb.MANAGE_CONNECTIONS;
import static io.sallyport.keys.Verb.MANAGE_DEPLOY_KEYS;
import static io.sallyport.keys.Verb.MANAGE_IDENTITIES;
import static io.sallyport.keys.Verb.MANAGE_KEYS;
import static io.sallyport.keys.Verb.MANAGE_PROJECTS;
import static io.sallyport.keys.Verb.MANAGE_REPORTS;
import static io.sallyport.keys.Verb.MANAGE_SCHEDULES;
import static io.sallyport.keys.Verb.PAUSE_PROJECT;
import static io.sallyport.keys.Verb.PIN_BUILD;
import static io.sallyport.keys.Verb.READ_ARTIFACTS;
import static io.sallyport.keys.Verb.READ_AUDIT;
import static io.sallyport.keys.Verb.READ_BUILDS;
import static io.sallyport.keys.Verb.READ_LOGS;
import static io.sallyport.keys.Verb.READ_METRICS;
import static io.sallyport.keys.Verb.READ_OWN_BUILDS;
import static io.sallyport.keys.Verb.READ_PROJECT;
import static io.sallyport.keys.Verb.RETRY_BUILD;
import static io.sallyport.keys.Verb.RETRY_OWN_BUILD;
import static io.sallyport.keys.Verb.RUN_RETENTION;
import static io.sallyport.keys.Verb.SET_LOG_LEVELS;
import static io.sallyport.keys.Verb.SET_PRIORITY;
import static io.sallyport.keys.Verb.SUBMIT_BUILD;
import static io.sallyport.keys.Verb.SUBMIT_PROTECTED;
import static io.sallyport.keys.Verb.WRITE_SECRETS;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A fixed set of verbs. An administrator manages the house but does not read builds without a role that does. */
public enum Role {
    /** Reads builds, logs, artifacts and the queue. */
    VIEWER(Set.of(READ_PROJECT, READ_OWN_BUILDS, READ_BUILDS, READ_LOGS, READ_ARTIFACTS)),
    /** A viewer who also submits, retries, cancels what is their own, and works in jobs of it. */
    BUILDER(Set.of(
            READ_PROJECT,
            READ_OWN_BUILDS,
            READ_BUILDS,
            READ_LOGS,
            READ_ARTIFACTS,
            SUBMIT_BUILD,
            RETRY_OWN_BUILD,
            RETRY_BUILD,
            CANCEL_OWN_BUILD,
            DEBUG_OWN_BUILD)),
    /**
     * A builder who also submits to protected refs, cancels any build, works in jobs of any, sets priorities, writes secrets, manages deploy
     * keys, caches, schedules and reports, pins builds and pauses the project.
     */
    MAINTAINER(Set.of(
            READ_PROJECT,
            READ_OWN_BUILDS,
            READ_BUILDS,
            READ_LOGS,
            READ_ARTIFACTS,
            SUBMIT_BUILD,
            SUBMIT_PROTECTED,
            RETRY_OWN_BUILD,
            RETRY_BUILD,
            CANCEL_OWN_BUILD,
            CANCEL_BUILD,
            DEBUG_OWN_BUILD,
            DEBUG_BUILD,
            SET_PRIORITY,
            WRITE_SECRETS,
            MANAGE_DEPLOY_KEYS,
            MANAGE_CACHES,
            MANAGE_SCHEDULES,
            MANAGE_REPORTS,
            PIN_BUILD,
            PAUSE_PROJECT)),
    /** Reads the audit log and the metrics. */
    AUDITOR(Set.of(READ_AUDIT, READ_METRICS)),
    /** Manages identities, keys, authorities, projects, connections, retention and draining. */
    ADMIN(Set.of(
            READ_PROJECT,
            PAUSE_PROJECT,
            MANAGE_PROJECTS,
            MANAGE_IDENTITIES,
            MANAGE_KEYS,
            MANAGE_AUTHORITIES,
            MANAGE_CONNECTIONS,
            RUN_RETENTION,
            SET_LOG_LEVELS,
            DRAIN));

    private final Set<Verb> verbs;

    Role(Set<Verb> verbs) {
        this.verbs = verbs;
    }

    /** What the role may do; never changes. */
    public Set<Verb> verbs() {
        return verbs;
    }

    /** The name in policies and answers, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that label; empty when there is none. */
    public static Optional<Role> parse(String label) {
        for (Role role : values()) {
            if (role.label().equals(label)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** Whether the role concerns the house as a whole, so that it cannot be given on some projects only. */
    public boolean ofHouse() {
        return switch (this) {
            case AUDITOR, ADMIN -> true;
            case VIEWER, BUILDER, MAINTAINER -> false;
        };
    }
}
