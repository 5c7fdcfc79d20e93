package io.sallyport.builds.engine;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jobs that somebody has named, parted by commas. Names have commas themselves when they are made of several values: the
 * longest name that is known counts. What such jobs were made from names all of them.
 *
 * @param names of jobs that are there
 * @param unknown the first word that names none
 */
record JobChoice(Set<String> names, Optional<Refusal.UnknownJob> unknown) {
    /** What stands between a job's name and what tells those apart that were made from it. */
    private static final Pattern MADE = Pattern.compile(" \\d+/\\d+$|: \\[(?=.*\\]$)", Pattern.DOTALL);

    /** Of a plan's jobs. */
    static JobChoice of(String text, Plan plan) {
        Map<String, List<String>> known = known(plan);
        int longest =
                1 + known.keySet().stream().mapToInt(JobChoice::commas).max().orElse(0);
        List<String> words = List.of(text.split(",", -1));
        Set<String> names = new LinkedHashSet<>();
        int from = 0;
        while (from < words.size()) {
            int to = Math.min(words.size(), from + longest);
            List<String> found = named(words.subList(from, to), known);
            while (found.isEmpty() && to > from + 1) {
                to--;
                found = named(words.subList(from, to), known);
            }
            if (found.isEmpty()) {
                String word = words.get(from).strip();
                return new JobChoice(names, Optional.of(unknown(word, known.keySet(), plan)));
            }
            names.addAll(found);
            from = to;
        }
        return new JobChoice(names, Optional.empty());
    }

    /** What can be named: a job, or all that were made of one of that name: {@code name 1/3}, {@code name: [a, b]}. */
    private static Map<String, List<String>> known(Plan plan) {
        Map<String, List<String>> known = new HashMap<>();
        for (JobSpec job : plan.jobs()) {
            Matcher made = MADE.matcher(job.name());
            while (made.find()) {
                known.computeIfAbsent(job.name().substring(0, made.start()), name -> new ArrayList<>())
                        .add(job.name());
            }
        }
        plan.jobs().forEach(job -> known.put(job.name(), List.of(job.name())));
        return known;
    }

    private static int commas(String name) {
        return (int) name.chars().filter(c -> c == ',').count();
    }

    private static Refusal.UnknownJob unknown(String word, Collection<String> known, Plan plan) {
        Optional<String> leftOut = plan.leftOut().stream()
                .filter(left -> left.job().equals(word))
                .map(Plan.LeftOut::why)
                .findFirst();
        return new Refusal.UnknownJob(word, leftOut.isPresent() ? Optional.empty() : Nearest.to(word, known), leftOut);
    }

    private static List<String> named(List<String> words, Map<String, List<String>> known) {
        return known.getOrDefault(String.join(",", words).strip(), List.of());
    }
}
