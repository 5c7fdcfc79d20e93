package io.sallyport.gateway.policy;

import io.sallyport.database.DatabaseException;
import io.sallyport.keys.DeployKey;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.IdentityStore.Replaced;
import io.sallyport.keys.Policy;
import io.sallyport.keys.PolicyChanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does orders on the identities of a gateway. Who is let in by break-glass stays as they are: they are not in any file.
 * For one thread at a time.
 */
public final class PolicyDesk {
    /** Who changes something here, as events tell it: the owner of the state directory, without a name. */
    private static final String BY = "policy";

    private static final Logger LOG = LoggerFactory.getLogger(PolicyDesk.class);
    private static final int TRIES = 3;
    private static final String UNCHANGED = "nothing was changed";

    private final IdentityStore identities;
    private final PolicyWords words;
    private final PolicyReader reader;

    /** A desk over these identities. */
    public PolicyDesk(IdentityStore identities) {
        this.identities = identities;
        this.words =
                new PolicyWords(name -> identities.deployKeys().madeBy(name).size());
        this.reader = new PolicyReader(
                fingerprint -> identities.deployKeys().find(fingerprint).map(DeployKey::identity));
    }

    /** The policy in force as a file. */
    PolicyAnswer export() {
        String text = PolicyText.of(identities.policy().without(Identity.BREAK_GLASS));
        return text.length() > PolicyReader.LARGEST
                ? new PolicyAnswer(PolicyAnswer.WRONG_FILE, "the policy is too large for a file\n")
                : PolicyAnswer.done(text);
    }

    /** What an import would do. */
    PolicyAnswer plan(PolicyOrder.Import order) {
        return switch (read(order)) {
            case PolicyReading.Rejected rejected -> rejected(order, rejected);
            case PolicyReading.Accepted accepted -> {
                PolicyChanges changes = changes(identities.policy(), accepted.policy());
                boolean held = changes.removesSomething() && !order.remove();
                yield changes.none()
                        ? same()
                        : PolicyAnswer.done(words.text(changes) + "dry run: " + UNCHANGED
                                + (held ? "; it takes --remove to do it\n" : "\n"));
            }
        };
    }

    /**
     * Puts a policy in force: all of it or nothing.
     *
     * @param audit has a record of each change before anything is done
     * @throws InterruptedException when the gateway ends; nothing was changed then
     */
    PolicyAnswer bring(PolicyOrder.Import order, Ledger audit) throws InterruptedException {
        PolicyTrail trail = new PolicyTrail(audit, order);
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<PolicyAnswer> answer = switch (read(order)) {
                case PolicyReading.Rejected rejected -> Optional.of(rejected(order, rejected));
                case PolicyReading.Accepted accepted -> bring(order, accepted.policy(), trail);
            };
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return new PolicyAnswer(
                PolicyAnswer.TRY_AGAIN, UNCHANGED + ": others change identities at this moment; try again\n");
    }

    private Optional<PolicyAnswer> bring(PolicyOrder.Import order, Policy wanted, PolicyTrail trail)
            throws InterruptedException {
        Policy now = identities.policy();
        PolicyChanges changes = changes(now, wanted);
        if (changes.none()) {
            return Optional.of(same());
        }
        if (changes.removesSomething() && !order.remove()) {
            return Optional.of(new PolicyAnswer(
                    PolicyAnswer.NOT_ASKED_FOR,
                    words.text(changes) + UNCHANGED
                            + ": this removes what is not in the file; if that is meant, give --remove\n"));
        }
        return replace(now, wanted, changes, trail);
    }

    /** Empty when somebody else was faster. */
    private Optional<PolicyAnswer> replace(Policy now, Policy wanted, PolicyChanges changes, PolicyTrail trail)
            throws InterruptedException {
        try {
            trail.begins(changes, words.sections(changes));
        } catch (IOException e) {
            LOG.error("the policy is not imported: the audit log cannot be written", e);
            return Optional.of(storage("the audit log cannot be written"));
        }
        String failure;
        try {
            switch (identities.replace(now, wanted.keeping(Identity.BREAK_GLASS, now), BY)) {
                case Replaced.InForce done -> {
                    trail.ends();
                    return Optional.of(PolicyAnswer.done(words.text(changes) + "this is in force now\n"));
                }
                case Replaced.ChangedMeanwhile meanwhile -> failure = "changed meanwhile";
                case Replaced.Taken taken ->
                    failure = "the key " + taken.key().fingerprint() + " is the deploy key " + taken.by();
                case Replaced.NoAdministrator none -> failure = "no administrator would be left";
            }
        } catch (DatabaseException e) {
            LOG.error("the policy is not imported", e);
            trail.fails("the storage failed");
            return Optional.of(storage("the storage failed"));
        }
        trail.fails(failure);
        return Optional.empty();
    }

    private static PolicyAnswer storage(String why) {
        return new PolicyAnswer(PolicyAnswer.STORAGE, UNCHANGED + ": " + why + "; the log says more\n");
    }

    private static PolicyChanges changes(Policy now, Policy wanted) {
        return now.changesTo(wanted.keeping(Identity.BREAK_GLASS, now));
    }

    private PolicyReading read(PolicyOrder.Import order) {
        return reader.read(order.text().getBytes(StandardCharsets.UTF_8));
    }

    private static PolicyAnswer same() {
        return PolicyAnswer.done("the policy in force is the same: " + UNCHANGED + "\n");
    }

    private static PolicyAnswer rejected(PolicyOrder.Import order, PolicyReading.Rejected rejected) {
        String lines = rejected.errors().stream()
                .map(error -> error.in(order.file()) + "\n")
                .collect(Collectors.joining());
        return new PolicyAnswer(PolicyAnswer.WRONG_FILE, lines + UNCHANGED + "\n");
    }
}
