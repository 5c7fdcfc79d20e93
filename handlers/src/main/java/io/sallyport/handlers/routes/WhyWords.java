package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.QueueEntry;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Why something waits, in words.
 *
 * @param visible projects of which the reader may know what runs
 */
record WhyWords(Set<String> visible) {
    private static final int MOST_NAMED = 5;
    /** What a shell takes as it is. */
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./:@%+-]+");

    String of(QueueEntry entry) {
        return switch (entry.why()) {
            case QueueEntry.PlacesTaken taken -> taken(taken);
            case QueueEntry.ProjectFull full ->
                entry.project() + " runs " + jobs(full.limit()) + ", as many as it may at the same time";
            case QueueEntry.Paused paused ->
                entry.project() + " is paused by " + paused.pause().by()
                        + paused.pause()
                                .message()
                                .map(message -> ": " + message)
                                .orElse("");
            case QueueEntry.IdentityFull full ->
                jobs(full.limit()) + " of " + full.identity() + " run, as many as may at the same time";
            case QueueEntry.GroupTaken group ->
                "resource group " + group.group() + " is held by "
                        + (isVisible(group.holder()) ? holder(group.holder()) : "another build");
            case QueueEntry.Closing closing -> "the gateway is going down";
            case QueueEntry.Jobs jobs -> "needs " + listed(jobs.jobs());
            case QueueEntry.Somebody somebody ->
                "somebody has to start it, until " + Times.text(somebody.until()) + ": start " + entry.build() + " "
                        + word(entry.job().orElse(""));
            case QueueEntry.Time time -> "starts at " + Times.text(time.due());
        };
    }

    private String taken(QueueEntry.PlacesTaken taken) {
        List<QueueEntry.Holder> known =
                taken.holders().stream().filter(this::isVisible).toList();
        int others = taken.holders().size() - known.size();
        String by = listed(known.stream().map(WhyWords::holder).toList());
        String whom = known.isEmpty() ? "" : " by " + by + (others > 0 ? " and " + others + " more" : "");
        return "all " + taken.places() + " places are taken" + whom + before(taken.before());
    }

    private static String before(int jobs) {
        return jobs == 0 ? "" : ", " + jobs(jobs) + (jobs == 1 ? " comes first" : " come first");
    }

    private boolean isVisible(QueueEntry.Holder holder) {
        return visible.contains(holder.project());
    }

    private static String holder(QueueEntry.Holder holder) {
        return holder.job() + " of build " + holder.build();
    }

    /** As it is to be typed. */
    private static String word(String job) {
        return PLAIN_WORD.matcher(job).matches() ? job : "'" + job.replace("'", "'\\''") + "'";
    }

    private static String listed(List<String> words) {
        String named = words.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return words.size() > MOST_NAMED ? named + " and " + (words.size() - MOST_NAMED) + " more" : named;
    }

    private static String jobs(int count) {
        return count == 1 ? "1 job" : count + " jobs";
    }
}
