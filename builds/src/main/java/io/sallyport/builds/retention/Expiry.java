package io.sallyport.builds.retention;

import io.sallyport.builds.Keep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a build is too old to be kept. Pure: the same questions have the same answers. */
final class Expiry {
    private static final Duration FOR_EVER = Duration.ofDays(Keep.LONGEST);

    private Expiry() {}

    static List<Loss> of(Candidate build, KeepRules rules, Sparing sparing, Instant now) {
        if (sparing == Sparing.ALL) {
            return List.of();
        }
        if (sparing == Sparing.NOTHING && isOver(build, rules.buildDays(), now)) {
            return List.of(Loss.of(What.BUILD, "buildDays=" + rules.buildDays()));
        }
        List<Loss> losses = new ArrayList<>();
        for (Candidate.Files files : build.files()) {
            Optional<Instant> end = end(build.finished(), files.expireIn(), rules);
            if (end.isPresent() && !now.isBefore(end.get())) {
                losses.add(new Loss(
                        What.ARTIFACTS,
                        files.job(),
                        files.expireIn()
                                .map(time -> "expire_in=" + time.toSeconds() + "s")
                                .orElse("artifactDays=" + rules.artifactDays())));
            }
        }
        if (sparing == Sparing.NOTHING && build.hasSource() && isOver(build, rules.sourceDays(), now)) {
            losses.add(Loss.of(What.SOURCE, "sourceDays=" + rules.sourceDays()));
        }
        if (build.hasLog() && isOver(build, rules.logDays(), now)) {
            losses.add(Loss.of(What.LOG, "logDays=" + rules.logDays()));
        }
        return losses;
    }

    /** Until when artifacts are kept; empty for ever. */
    static Optional<Instant> end(Instant finished, Optional<Duration> expireIn, KeepRules rules) {
        return expireIn.or(() -> days(rules.artifactDays()))
                .filter(time -> time.compareTo(FOR_EVER) < 0)
                .map(finished::plus);
    }

    private static boolean isOver(Candidate build, int days, Instant now) {
        return days(days)
                .filter(time -> !now.isBefore(build.finished().plus(time)))
                .isPresent();
    }

    private static Optional<Duration> days(int days) {
        return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
    }
}
