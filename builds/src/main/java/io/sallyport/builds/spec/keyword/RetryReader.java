package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.plan.Flow.AllowFailure;
import io.sallyport.builds.plan.Flow.Retry;
import io.sallyport.builds.plan.Flow.RetryCause;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads what a failure means: {@code retry} and {@code allow_failure}. */
public final class RetryReader {
    private static final int MOST = 2;
    private static final int LARGEST_CODE = 255;
    private static final List<String> KEYS = List.of("max", "when", "exit_codes");

    private RetryReader() {}

    /** GitLab's words for why a job has failed. */
    private enum Cause {
        ALWAYS(Set.of(RetryCause.SCRIPT, RetryCause.TIMEOUT, RetryCause.SYSTEM)),
        SCRIPT_FAILURE(Set.of(RetryCause.SCRIPT)),
        JOB_EXECUTION_TIMEOUT(Set.of(RetryCause.TIMEOUT)),
        STUCK_OR_TIMEOUT_FAILURE(Set.of(RetryCause.TIMEOUT)),
        RUNNER_SYSTEM_FAILURE(Set.of(RetryCause.SYSTEM)),
        UNKNOWN_FAILURE(Set.of(RetryCause.SYSTEM)),
        API_FAILURE(Set.of(RetryCause.SYSTEM)),
        RUNNER_UNSUPPORTED(Set.of(RetryCause.SYSTEM)),
        RUNNER_INTERRUPTED(Set.of(RetryCause.SYSTEM)),
        STALE_SCHEDULE(Set.of(RetryCause.SYSTEM)),
        ARCHIVED_FAILURE(Set.of(RetryCause.SYSTEM)),
        UNMET_PREREQUISITES(Set.of(RetryCause.SYSTEM)),
        SCHEDULER_FAILURE(Set.of(RetryCause.SYSTEM)),
        DATA_INTEGRITY_FAILURE(Set.of(RetryCause.SYSTEM)),
        MISSING_DEPENDENCY_FAILURE(Set.of(RetryCause.SYSTEM));

        private final Set<RetryCause> causes;

        Cause(Set<RetryCause> causes) {
            this.causes = causes;
        }
    }

    /** How often, and after what. */
    public static Retry read(String key, Value value, Report report) {
        if (!(value instanceof Value.Fields map)) {
            return new Retry(Expected.number(key, 0, MOST, value, report).orElse(0), Set.of(), Set.of());
        }
        Expected.onlyKeys(key, map, KEYS, report);
        int max = map.given("max")
                .flatMap(number -> Expected.number(key + ".max", 0, MOST, number, report))
                .orElse(0);
        Set<RetryCause> causes = EnumSet.noneOf(RetryCause.class);
        map.given("when").map(Expected::oneOrMore).orElse(List.of()).stream()
                .map(word -> Words.read(key + ".when", word, List.of(Cause.values()), report))
                .flatMap(Optional::stream)
                .forEach(cause -> causes.addAll(cause.causes));
        Set<Integer> codes = map.given("exit_codes")
                .map(list -> codes(key + ".exit_codes", list, report))
                .orElse(Set.of());
        boolean all = causes.size() == RetryCause.values().length;
        return new Retry(max, all ? Set.of() : Set.copyOf(causes), all ? Set.of() : codes);
    }

    /** Which failures are none of the build. */
    public static Optional<AllowFailure> allowed(String key, Value value, Report report) {
        if (!(value instanceof Value.Fields map)) {
            return Expected.flag(key, value, report).map(yes -> yes ? AllowFailure.ALWAYS : AllowFailure.NEVER);
        }
        Expected.onlyKeys(key, map, List.of("exit_codes"), report);
        return map.given("exit_codes").map(list -> new AllowFailure(false, codes(key + ".exit_codes", list, report)));
    }

    private static Set<Integer> codes(String key, Value value, Report report) {
        Set<Integer> codes = new TreeSet<>();
        Expected.oneOrMore(value)
                .forEach(item ->
                        Expected.number(key, 0, LARGEST_CODE, item, report).ifPresent(codes::add));
        return codes;
    }
}
