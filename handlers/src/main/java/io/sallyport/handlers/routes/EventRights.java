package io.sallyport.handlers.routes;

import io.sallyport.builds.event.Topic;
import io.sallyport.handlers.Asker;
import io.sallyport.keys.Resource;
import io.sallyport.keys.Verb;
import java.util.Optional;

/**
 * Who may see which events: whoever may see or manage what they tell of; those of the house also whoever may read the
 * audit log, which has the same and more.
 */
final class EventRights {
    private EventRights() {}

    static boolean sees(Asker who, Topic topic) {
        return switch (topic.type()) {
            case BUILD_QUEUED,
                    BUILD_REQUEUED,
                    BUILD_STARTED,
                    BUILD_CANCELING,
                    BUILD_ENDED,
                    BUILD_PINNED,
                    BUILD_UNPINNED,
                    RETENTION_REMOVED,
                    JOB_WAITING,
                    JOB_STARTED,
                    JOB_ENDED,
                    SHELL_OPENED,
                    SHELL_CLOSED ->
                who.may(Verb.READ_BUILDS, new Resource.Build(topic.project(), topic.owner(), Optional.empty()));
            case SCHEDULE_CREATED, SCHEDULE_CHANGED, SCHEDULE_REMOVED, SCHEDULE_SKIPPED, SCHEDULE_PAUSED ->
                manages(who, Verb.MANAGE_SCHEDULES, project(topic));
            case REPORT_CREATED, REPORT_CHANGED, REPORT_REMOVED, REPORT_FAILED ->
                manages(who, Verb.MANAGE_REPORTS, project(topic));
            case PROJECT_CREATED, PROJECT_CHANGED, PROJECT_PAUSED, PROJECT_RESUMED ->
                who.may(Verb.READ_PROJECT, project(topic));
            case PROJECT_REMOVED -> manages(who, Verb.MANAGE_PROJECTS, project(topic));
            case DEPLOY_KEY_ADDED, DEPLOY_KEY_CHANGED, DEPLOY_KEY_REMOVED ->
                manages(who, Verb.MANAGE_DEPLOY_KEYS, project(topic));
            case IDENTITY_CREATED, IDENTITY_CHANGED, IDENTITY_REMOVED, GROUP_CREATED, GROUP_CHANGED, GROUP_REMOVED ->
                manages(who, Verb.MANAGE_IDENTITIES, new Resource.Gateway());
            case KEY_ADDED, KEY_REMOVED -> manages(who, Verb.MANAGE_KEYS, new Resource.Gateway());
            case AUTHORITY_ADDED, AUTHORITY_CHANGED, AUTHORITY_REMOVED, CERTIFICATE_ISSUED, REVOCATIONS_CHANGED ->
                manages(who, Verb.MANAGE_AUTHORITIES, new Resource.Gateway());
            case GATEWAY_DRAINING, GATEWAY_RESUMED -> who.may(Verb.USE_GATEWAY, new Resource.Gateway());
            case CONNECTION_ENDED, NODE_READY, NODE_LEFT, LIMIT_REACHED ->
                manages(who, Verb.MANAGE_CONNECTIONS, new Resource.Gateway());
        };
    }

    private static boolean manages(Asker who, Verb verb, Resource what) {
        return who.may(verb, what) || who.may(Verb.READ_AUDIT, new Resource.Gateway());
    }

    private static Resource project(Topic topic) {
        return new Resource.Project(topic.project());
    }
}
