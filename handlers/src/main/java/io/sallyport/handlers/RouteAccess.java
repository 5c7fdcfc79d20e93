package io.sallyport.handlers;

import io.sallyport.keys.Verb;

/**
 * What a route asks of its caller. Every route has one; there is no default.
 *
 * @param verb to be allowed
 * @param target what it is done to
 */
public record RouteAccess(Verb verb, Target target) {
    /** What a route's verb is done to, and how that is found from the path. */
    public enum Target {
        /** The house as a whole. */
        GATEWAY,
        /** The project {@code {p}}; who may not see it is told that it is not there. */
        PROJECT,
        /** The name {@code {p}}, whether there is such a project or not. */
        PROJECT_NAME,
        /** A build that is to be made of the project {@code {p}}, of the parameter {@code ref}; hidden like the project. */
        SUBMISSION,
        /** The builds of the project {@code {p}}: all, or those that the caller may see as their own. */
        PROJECT_BUILDS,
        /** All projects: the route shows of each only what the verb is allowed on. */
        EACH_PROJECT,
        /** The build {@code {id}}; who may not see it is told that it is not there. */
        BUILD,
        /** The key {@code {fingerprint}}; who may not manage it is told that it is not there. */
        KEY
    }

    /** For every identity that is not locked. */
    public static RouteAccess anyKey() {
        return new RouteAccess(Verb.USE_GATEWAY, Target.GATEWAY);
    }

    /** Of the house. */
    public static RouteAccess gateway(Verb verb) {
        return new RouteAccess(verb, Target.GATEWAY);
    }

    /** Of the project that the path names; hidden from those who may not see it. */
    public static RouteAccess project(Verb verb) {
        return new RouteAccess(verb, Target.PROJECT);
    }

    /** Of a build that is to be made of the project that the path names. */
    public static RouteAccess submission(Verb verb) {
        return new RouteAccess(verb, Target.SUBMISSION);
    }

    /** Of the builds of the project that the path names, at least one's own. */
    public static RouteAccess projectBuilds(Verb verb) {
        return new RouteAccess(verb, Target.PROJECT_BUILDS);
    }

    /** Of the name of a project, there or not. */
    public static RouteAccess projectName(Verb verb) {
        return new RouteAccess(verb, Target.PROJECT_NAME);
    }

    /** Of every project: the handler is given those on which the verb is allowed. */
    public static RouteAccess eachProject(Verb verb) {
        return new RouteAccess(verb, Target.EACH_PROJECT);
    }

    /** Of the build that the path names; hidden from those who may not see it. */
    public static RouteAccess build(Verb verb) {
        return new RouteAccess(verb, Target.BUILD);
    }

    /** Of the key that the path names; hidden from those who may not manage it. */
    public static RouteAccess key(Verb verb) {
        return new RouteAccess(verb, Target.KEY);
    }

    /** The least that is needed, in words for the list of routes. */
    public String label() {
        return switch (verb) {
            case USE_GATEWAY -> "any key";
            case READ_PROJECT, READ_OWN_BUILDS, READ_BUILDS, READ_LOGS, READ_ARTIFACTS -> "viewer";
            case SUBMIT_BUILD, RETRY_OWN_BUILD, RETRY_BUILD, CANCEL_OWN_BUILD, DEBUG_OWN_BUILD -> "builder";
            case CANCEL_BUILD, DEBUG_BUILD -> "builder (own), maintainer";
            case SUBMIT_PROTECTED,
                    SET_PRIORITY,
                    WRITE_SECRETS,
                    MANAGE_DEPLOY_KEYS,
                    MANAGE_CACHES,
                    MANAGE_SCHEDULES,
                    MANAGE_REPORTS,
                    PIN_BUILD -> "maintainer";
            case PAUSE_PROJECT -> "maintainer, admin";
            case READ_AUDIT, READ_METRICS -> "auditor";
            case MANAGE_OWN_KEYS, MANAGE_KEYS -> target == Target.KEY ? "admin, or one's own" : "admin";
            case MANAGE_PROJECTS,
                    MANAGE_IDENTITIES,
                    MANAGE_AUTHORITIES,
                    MANAGE_CONNECTIONS,
                    RUN_RETENTION,
                    SET_LOG_LEVELS,
                    DRAIN -> "admin";
        };
    }
}
