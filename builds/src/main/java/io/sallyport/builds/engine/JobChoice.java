package io.sallyport.builds.engine;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Jobs that somebody has named, parted by commas. Names have commas themselves when they are made of several values: the
 * longest name that is known counts. What such jobs were made from names all of them.
 *
 * @param names of jobs that are there
 * @param unknown the first word that names none
 */
record JobChoice(Set<String> names, Optional<Refusal.UnknownJob> unknown) {
    /** Of a plan's jobs. */
    static JobChoice of(String text, Plan plan) {
        List<String> known = plan.jobs().stream().map(JobSpec::name).toList();
        List<String> words = List.of(text.split(",", -1));
        Set<String> names = new LinkedHashSet<>();
        int from = 0;
        while (from < words.size()) {
            int to = words.size();
            List<String> found = named(words.subList(from, to), known);
            while (found.isEmpty() && to > from + 1) {
                to--;
                found = named(words.subList(from, to), known);
            }
            if (found.isEmpty()) {
                String word = words.get(from).strip();
                return new JobChoice(names, Optional.of(unknown(word, known, plan)));
            }
            names.addAll(found);
            from = to;
        }
        return new JobChoice(names, Optional.empty());
    }

    private static Refusal.UnknownJob unknown(String word, List<String> known, Plan plan) {
        Optional<String> leftOut = plan.leftOut().stream()
                .filter(left -> left.job().equals(word))
                .map(Plan.LeftOut::why)
                .findFirst();
        return new Refusal.UnknownJob(word, leftOut.isPresent() ? Optional.empty() : Nearest.to(word, known), leftOut);
    }

    /** The job of that name, or all that were made of one of that name: {@code name 1/3}, {@code name: [a, b]}. */
    private static List<String> named(List<String> words, List<String> known) {
        String name = String.join(",", words).strip();
        if (known.contains(name)) {
            return List.of(name);
        }
        Pattern made = Pattern.compile(Pattern.quote(name) + "(?: \\d+/\\d+|: \\[.*\\])", Pattern.DOTALL);
        List<String> found = new ArrayList<>(known);
        found.removeIf(job -> !made.matcher(job).matches());
        return name.isEmpty() ? List.of() : found;
    }
}
