package io.sallyport.builds;

import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.spec.SpecError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a submission was not accepted. Nothing of it is kept. */
public sealed interface Refusal {
    /** The body had no bytes. */
    record EmptyBody() implements Refusal {}

    /** The first bytes are of no format that is accepted. */
    record UnknownFormat() implements Refusal {}

    /** The body is a JSON object that should say where the source is, and does not; {@code reason} says how. */
    record BadDocument(String reason) implements Refusal {}

    /** The source could not be fetched from the repository at {@code url}; {@code words} say more than {@code why}. */
    record NotFetched(String url, Why why, String words) implements Refusal {
        /** What stood in the way. */
        public enum Why {
            /** The operator does not allow the place. */
            FORBIDDEN,
            /** There is no such repository, or it is not shown without credentials. */
            NO_REPOSITORY,
            /** The repository has no such branch, tag or commit. */
            NO_REF,
            /** It cannot be reached, or the connection broke. */
            UNREACHABLE,
            /** It took too long. */
            TIMED_OUT,
            /** What answers does not do what a git server should. */
            FAILED,
            /** Too many are being fetched. */
            BUSY
        }
    }

    /** The commit that was fetched is another one than the submitter named. */
    record OtherCommit(String named, String fetched) implements Refusal {}

    /** The submitter may not submit builds of the ref that the repository's is called. */
    record RefForbidden(String ref) implements Refusal {}

    /** The archive ends too early, or its bytes contradict themselves; {@code reason} says how. */
    record DamagedArchive(String reason) implements Refusal {}

    /** A bound was reached: {@code what} (bytes, unpacked bytes, entries, depth) and its {@code limit}. */
    record TooLarge(String what, long limit) implements Refusal {}

    /** An entry that would leave the folder or is of a kind that is not accepted. */
    record HostileEntry(String path, String reason) implements Refusal {}

    /** The project lacks files that a manifest names: so many; {@code some} of them are told. */
    record MissingFiles(long count, List<Digest> some) implements Refusal {}

    /** The project has no manifest of that name. */
    record NoManifest(Digest name) implements Refusal {}

    /**
     * No build of the project that their sender may see has the manifest that changes were sent of, or they are not ones of
     * it.
     */
    record NoBase(Digest name) implements Refusal {}

    /**
     * No file of the source is a spec; {@code lookedFor} are the names in the order they were tried, {@code below} is
     * where one of them is one folder further down.
     */
    record NoSpec(List<String> lookedFor, Optional<String> below) implements Refusal {}

    /** The spec has no job that is part of this build; {@code leftOut} says of each why. */
    record NoJobs(String file, List<Plan.LeftOut> leftOut, List<Plan.Notice> notices) implements Refusal {}

    /** The spec has errors: all of them, in the order of their places. */
    record BadSpec(String file, List<SpecError> errors) implements Refusal {}

    /**
     * No job has the name that was asked for; {@code nearest} is one that has nearly it, {@code leftOut} says why it is not
     * part of the build when the spec has it.
     */
    record UnknownJob(String name, Optional<String> nearest, Optional<String> leftOut) implements Refusal {
        /** The same, where a further word may be nearer than a job. */
        public UnknownJob orNearest(List<String> words) {
            List<String> all = Stream.concat(words.stream(), nearest.stream()).toList();
            return leftOut.isPresent() ? this : new UnknownJob(name, Nearest.to(name, all), leftOut);
        }
    }

    /** A build of which only a part is to be repeated has not ended. */
    record NotEnded(long build) implements Refusal {}

    /** Of a build whose failed jobs are to be repeated none has failed. */
    record NothingFailed(long build) implements Refusal {}

    /** The source of an earlier build is not kept any more; {@code build} is that build. */
    record SourceGone(long build) implements Refusal {}

    /** The project does not exist (any more). */
    record NoProject(String name) implements Refusal {}

    /** As many builds wait as may, of all or of those that {@code of} says. */
    record QueueFull(long limit, Of of) implements Refusal {
        /** Whose builds are counted. */
        public enum Of {
            /** Everybody's. */
            GATEWAY,
            /** Those of the project. */
            PROJECT,
            /** Those that the submitter has submitted. */
            IDENTITY
        }
    }

    /** No new builds are taken; {@code message} is the operator's. */
    record Draining(String message) implements Refusal {}

    /** Somebody has said that no builds are to be taken; the queue goes on. */
    record Drained(Pause pause) implements Refusal {}

    /** The disk is full. */
    record StorageFull() implements Refusal {}

    /** A disk has failed to keep what it was given; nothing is accepted until the gateway starts anew. */
    record StorageFailed() implements Refusal {}

    /** Of the body, fewer than {@code least} bytes came while they were waited for {@code window} long. */
    record Stalled(long least, Duration window) implements Refusal {}

    /** The connection ended before the body did. */
    record Interrupted() implements Refusal {}
}
