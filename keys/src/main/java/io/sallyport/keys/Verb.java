package io.sallyport.keys;

import java.util.Locale;
import java.util.Optional;

/** What can be done to a resource. Roles are fixed sets of these. */
public enum Verb {
    /** See one's own standing, the list of routes, the help; open to every identity that is not locked. */
    USE_GATEWAY,
    /** See that a project exists, and its settings. */
    READ_PROJECT,
    /** See builds that one has submitted oneself, with their source. */
    READ_OWN_BUILDS,
    /** See all builds of a project, with their sources, and its queue. */
    READ_BUILDS(READ_OWN_BUILDS),
    /** Read the logs of a project's builds. */
    READ_LOGS,
    /** Fetch the artifacts of a project's builds. */
    READ_ARTIFACTS,
    /** Submit a build. */
    SUBMIT_BUILD,
    /** Submit a build of a protected branch or tag, which is trusted; needed besides {@link #SUBMIT_BUILD}. */
    SUBMIT_PROTECTED,
    /** Build again what one has submitted oneself. */
    RETRY_OWN_BUILD,
    /** Build again what anybody has submitted. */
    RETRY_BUILD(RETRY_OWN_BUILD),
    /** Cancel a build that one has submitted oneself. */
    CANCEL_OWN_BUILD,
    /** Cancel any build of a project. */
    CANCEL_BUILD(CANCEL_OWN_BUILD),
    /** Work in jobs of a build that one has submitted oneself, while they run or are kept. */
    DEBUG_OWN_BUILD,
    /** Work in jobs of any build of a project; whoever does sees the secrets that these are given. */
    DEBUG_BUILD(DEBUG_OWN_BUILD),
    /** Put a build before others. */
    SET_PRIORITY,
    /** Write secrets of a project; nobody reads them. */
    WRITE_SECRETS,
    /** Make and remove deploy keys of a project. */
    MANAGE_DEPLOY_KEYS,
    /** See which caches a project has, and forget them; nobody reads them but builds. */
    MANAGE_CACHES,
    /** See, make and remove schedules of a project. */
    MANAGE_SCHEDULES,
    /** See, make and remove reports of what becomes of a project's builds. */
    MANAGE_REPORTS,
    /** Keep a build for good, or no longer. */
    PIN_BUILD,
    /** Let no job of a project be started, or again. */
    PAUSE_PROJECT,
    /** Read the audit log. */
    READ_AUDIT,
    /** Read the metrics. */
    READ_METRICS,
    /** Make, change and remove projects. */
    MANAGE_PROJECTS,
    /** Make, change and remove identities and their grants. */
    MANAGE_IDENTITIES,
    /** See and remove one's own keys. */
    MANAGE_OWN_KEYS,
    /** See, add and remove anybody's keys. */
    MANAGE_KEYS(MANAGE_OWN_KEYS),
    /** See, trust and distrust certificate authorities; see and replace what is revoked. */
    MANAGE_AUTHORITIES,
    /** See and close connections. */
    MANAGE_CONNECTIONS,
    /** See what is no longer kept, and remove it now. */
    RUN_RETENTION,
    /** See and change how much the gateway's own log says. */
    SET_LOG_LEVELS,
    /** Stop and resume the taking of new builds. */
    DRAIN;

    private final Optional<Verb> onOwn;

    Verb() {
        this.onOwn = Optional.empty();
    }

    Verb(Verb onOwn) {
        this.onOwn = Optional.of(onOwn);
    }

    /** The name in policies and the audit log: lower case, words parted by dashes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the verb is about what is one's own, and so never about anything else. */
    boolean onlyOwn() {
        return switch (this) {
            case READ_OWN_BUILDS, RETRY_OWN_BUILD, CANCEL_OWN_BUILD, DEBUG_OWN_BUILD, MANAGE_OWN_KEYS -> true;
            case USE_GATEWAY,
                    READ_PROJECT,
                    READ_BUILDS,
                    READ_LOGS,
                    READ_ARTIFACTS,
                    SUBMIT_BUILD,
                    SUBMIT_PROTECTED,
                    RETRY_BUILD,
                    CANCEL_BUILD,
                    DEBUG_BUILD,
                    SET_PRIORITY,
                    WRITE_SECRETS,
                    MANAGE_DEPLOY_KEYS,
                    MANAGE_CACHES,
                    MANAGE_SCHEDULES,
                    MANAGE_REPORTS,
                    PIN_BUILD,
                    PAUSE_PROJECT,
                    READ_AUDIT,
                    READ_METRICS,
                    MANAGE_PROJECTS,
                    MANAGE_IDENTITIES,
                    MANAGE_KEYS,
                    MANAGE_AUTHORITIES,
                    MANAGE_CONNECTIONS,
                    RUN_RETENTION,
                    SET_LOG_LEVELS,
                    DRAIN -> false;
        };
    }

    /** The verb that is needed as well when what is made is trusted. */
    public Optional<Verb> onTrusted() {
        return this == SUBMIT_BUILD ? Optional.of(SUBMIT_PROTECTED) : Optional.empty();
    }

    /** The weaker verb that does when the resource is the caller's own. */
    public Optional<Verb> onOwn() {
        return onOwn;
    }
}
