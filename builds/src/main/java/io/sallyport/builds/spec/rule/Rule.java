package io.sallyport.builds.spec.rule;

import io.sallyport.builds.plan.Flow.AllowFailure;
import io.sallyport.builds.plan.Plan.AutoCancel;
import io.sallyport.builds.plan.Work.Variable;
import io.sallyport.builds.spec.keyword.JobWhen;
import io.sallyport.builds.spec.keyword.WantedJob;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of some rules: when all that it asks for holds, it decides.
 *
 * @param place where
 * @param test what it asks for
 * @param when what then; empty as the job has it
 * @param allowFailure what the job's failure then means
 * @param variables that the job then has, too
 * @param delay after which it then starts
 * @param needs that it then has instead of its own
 * @param interruptible whether a newer build may then cancel it
 * @param autoCancel which builds a newer one then makes superfluous
 */
public record Rule(
        Place place,
        Test test,
        Optional<JobWhen> when,
        Optional<AllowFailure> allowFailure,
        Map<String, Variable> variables,
        Optional<Duration> delay,
        Optional<List<WantedJob>> needs,
        Optional<Boolean> interruptible,
        Optional<AutoCancel> autoCancel) {
    /**
     * What a rule asks for; nothing always holds.
     *
     * @param condition over variables
     * @param changes patterns of files, one of which is to have changed; empty for none asked for
     * @param exists patterns of files, one of which is to be there; empty for none asked for
     */
    public record Test(Optional<Condition> condition, Optional<List<String>> changes, Optional<List<String>> exists) {
        boolean holds(Situation situation, Place place) {
            if (condition.isPresent() && !condition.get().holds(situation)) {
                return false;
            }
            if (exists.isPresent() && !found(exists.get(), situation, place)) {
                return false;
            }
            if (changes.isPresent()) {
                situation
                        .report()
                        .notice(place, "changes: which files have changed is not known here, so this counts as true");
            }
            return true;
        }

        private static boolean found(List<String> globs, Situation situation, Place place) {
            if (!situation.files().possible()) {
                situation
                        .report()
                        .notice(place, "exists: the files of the source are not known here, so this counts as true");
                return true;
            }
            return globs.stream()
                    .map(situation.variables()::expand)
                    .map(glob -> glob.startsWith("./") ? glob.substring(2) : glob)
                    .anyMatch(glob -> situation.files().exists(glob, place));
        }

        String described() {
            StringBuilder text = new StringBuilder();
            condition.ifPresent(wanted -> text.append(", if ").append(wanted.text()));
            changes.ifPresent(globs -> text.append(", changes ").append(String.join(", ", globs)));
            exists.ifPresent(globs -> text.append(", exists ").append(String.join(", ", globs)));
            return text.isEmpty() ? "" : Shown.sentence(text.substring(2));
        }
    }

    boolean holds(Situation situation) {
        return test.holds(situation, place);
    }
}
