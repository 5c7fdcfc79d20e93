package io.sallyport.builds.event;

import java.util.Locale;
import java.util.Optional;

/** What can happen. Names are stable: they are stored, and programs read them. */
public enum EventType {
    /** A build was accepted and waits. */
    BUILD_QUEUED,
    /** A build was cut off by the end of the gateway, and waits again. */
    BUILD_REQUEUED,
    /** The first job of a build is about to run. */
    BUILD_STARTED,
    /** Somebody wants a build to end. */
    BUILD_CANCELING,
    /** A build is over; its state says how. */
    BUILD_ENDED,
    /** Somebody keeps a build for good. */
    BUILD_PINNED,
    /** A build is kept no longer than others. */
    BUILD_UNPINNED,
    /** A job waits for somebody who starts it, or for a time. */
    JOB_WAITING,
    /** An attempt of a job runs. */
    JOB_STARTED,
    /** A job is over; its state says how. */
    JOB_ENDED,
    /** Somebody has opened a shell in a job. */
    SHELL_OPENED,
    /** A shell in a job is closed. */
    SHELL_CLOSED,
    /** Something of a build, or all of it, was not kept any longer. */
    RETENTION_REMOVED,
    /** There is a new schedule. */
    SCHEDULE_CREATED,
    /** A schedule was written anew, and has another owner perhaps. */
    SCHEDULE_CHANGED,
    /** A schedule is gone; its builds stay. */
    SCHEDULE_REMOVED,
    /** A schedule was due, and there is no build. */
    SCHEDULE_SKIPPED,
    /** A schedule makes no builds until somebody writes it anew. */
    SCHEDULE_PAUSED,
    /** What becomes of builds is reported to somebody new. */
    REPORT_CREATED,
    /** A report has other settings. */
    REPORT_CHANGED,
    /** A report is gone, with what it has not sent. */
    REPORT_REMOVED,
    /** The state of a build could not be reported, and is not tried any more. */
    REPORT_FAILED,
    /** There is a new project. */
    PROJECT_CREATED,
    /** A project has other settings. */
    PROJECT_CHANGED,
    /** No jobs of a project are started. */
    PROJECT_PAUSED,
    /** Jobs of a project are started again. */
    PROJECT_RESUMED,
    /** A project is gone, with all that belongs to it. */
    PROJECT_REMOVED,
    /** A key was let in for one project. */
    DEPLOY_KEY_ADDED,
    /** A deploy key has another name, creator or scope. */
    DEPLOY_KEY_CHANGED,
    /** A deploy key lets in no more. */
    DEPLOY_KEY_REMOVED,
    /** There is a new identity. */
    IDENTITY_CREATED,
    /** An identity has other grants, or was locked or unlocked. */
    IDENTITY_CHANGED,
    /** An identity is gone, with its keys. */
    IDENTITY_REMOVED,
    /** There is a new group. */
    GROUP_CREATED,
    /** A group has other members or grants. */
    GROUP_CHANGED,
    /** A group is gone; its members stay. */
    GROUP_REMOVED,
    /** A key lets in an identity. */
    KEY_ADDED,
    /** A key of an identity lets in no more. */
    KEY_REMOVED,
    /** A certificate authority is trusted. */
    AUTHORITY_ADDED,
    /** An authority has another name, or is trusted for another time. */
    AUTHORITY_CHANGED,
    /** An authority is trusted no more. */
    AUTHORITY_REMOVED,
    /** The gateway's own authority has signed a certificate. */
    CERTIFICATE_ISSUED,
    /** Another revocation list is in force. */
    REVOCATIONS_CHANGED,
    /** An administrator has ended a connection. */
    CONNECTION_ENDED,
    /** No new builds are taken. */
    GATEWAY_DRAINING,
    /** New builds are taken again. */
    GATEWAY_RESUMED,
    /** A node takes jobs again. */
    NODE_READY,
    /** A node takes no jobs any more. */
    NODE_LEFT,
    /** A limit was reached: the first time, or so many times within a while. */
    LIMIT_REACHED;

    /** The name in records and answers, such as {@code build.queued} and {@code deploy-key.added}. */
    public String label() {
        String words = name().toLowerCase(Locale.ROOT).replace('_', '-');
        int last = words.lastIndexOf('-');
        return words.substring(0, last) + "." + words.substring(last + 1);
    }

    /** The part of the label before the dot. */
    public String kind() {
        String label = label();
        return label.substring(0, label.indexOf('.'));
    }

    /** The type of that label; empty when there is none. */
    public static Optional<EventType> parse(String label) {
        for (EventType type : values()) {
            if (type.label().equals(label)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
