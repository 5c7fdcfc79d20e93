package io.sallyport.handlers.routes;

import io.sallyport.builds.Project;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.schedule.Schedule;
import io.sallyport.builds.schedule.ScheduleRights;
import io.sallyport.handlers.ProtectedRefs;
import io.sallyport.keys.Access;
import io.sallyport.keys.Credential;
import io.sallyport.keys.Decision;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.Principal;
import io.sallyport.keys.Ref;
import io.sallyport.keys.Resource;
import io.sallyport.keys.Verb;
import io.sallyport.keys.audit.AuditEvent;
import io.sallyport.keys.audit.AuditLog;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides and records, each time that a schedule is due, whether its owner may still submit its build: the same decision
 * as if they had sent it at this moment with a key of theirs that has no bounds of its own.
 */
public final class ScheduleOwners implements ScheduleRights {
    private final IdentityStore identities;
    private final AuditLog audit;

    /** Asks the grants of the moment, and writes to the audit log. */
    public ScheduleOwners(IdentityStore identities, AuditLog audit) {
        this.identities = identities;
        this.audit = audit;
    }

    @Override
    public Answer submit(Schedule schedule, Project project) throws InterruptedException {
        Optional<Principal> owner = identities.principal(schedule.owner(), Credential.UNBOUNDED);
        Optional<Ref> ref = schedule.settings().ref().flatMap(Ref::parse);
        boolean isProtected = ProtectedRefs.cover(project, ref);
        Resource submission = new Resource.Submission(project.name(), ref, isProtected);
        Decision decision = owner.map(who -> Access.decide(who, Verb.SUBMIT_BUILD, submission))
                .orElse(new Decision.Deny("no identity"));
        try {
            audit.commit(asked(schedule, decision));
        } catch (IOException e) {
            return new Answer.Unknown("the audit log cannot be written");
        }
        return decision.allowed()
                ? new Answer.Allowed(isProtected)
                : new Answer.Denied(owner.map(who -> reason(who.identity(), schedule))
                        .orElse(schedule.owner() + " is no identity any more"));
    }

    private static AuditEvent asked(Schedule schedule, Decision decision) {
        return new AuditEvent.Noted(
                "schedule-due",
                new TreeMap<>(Map.of(
                        "identity", schedule.owner(),
                        "project", schedule.project(),
                        "schedule", schedule.name(),
                        "verb", Verb.SUBMIT_BUILD.label(),
                        "decision", decision.allowed() ? "allow" : "deny",
                        "rule", decision.rule())));
    }

    /** Why a build was refused, in the words of the answer to a submission. */
    public static String words(Refusal refusal) {
        return Refusals.problem(refusal).detail();
    }

    private static String reason(Identity owner, Schedule schedule) {
        return owner.locked()
                ? owner.name() + " is locked"
                : owner.name() + " may not submit builds"
                        + schedule.settings().ref().map(ref -> " of ref " + ref).orElse("") + " here any more";
    }
}
