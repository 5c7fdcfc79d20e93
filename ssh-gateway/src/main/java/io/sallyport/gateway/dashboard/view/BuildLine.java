package io.sallyport.gateway.dashboard.view;

import io.sallyport.gateway.dashboard.house.BuildRow;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Tone;
import java.time.Instant;

/** A build in one line of a list. */
final class BuildLine {
    private static final int STATE = 11;
    private static final int TIME = 9;
    private static final int AGO = 11;
    private static final int WIDE = 100;

    private BuildLine() {}

    /** One that runs: for how long, and which of its jobs do. */
    static void running(Area area, int line, BuildRow build, Instant now) {
        int at = new Columns(area.width(), true).build(area, line, build);
        area.right(at, line, TIME - 2, build.ran(now).map(Words::of).orElse(""), Tone.PLAIN);
        at += TIME;
        area.fit(at, line, area.width() - at, progress(build), Tone.PLAIN);
    }

    private static String progress(BuildRow build) {
        String jobs = build.whole() ? build.over() + "/" + build.jobs().size() + " " : "";
        String names = String.join(", ", build.running());
        return jobs + (names.isEmpty() ? build.reason() : names);
    }

    /** Any: its state, how long it ran, and why it is so. */
    static void ended(Area area, int line, BuildRow build, boolean withProject, Instant now) {
        Columns columns = new Columns(area.width(), withProject);
        // On a narrow screen, why something failed is worth more than who has submitted it.
        int at = area.width() < WIDE ? columns.source(area, line, build) : columns.build(area, line, build);
        area.fit(at, line, STATE - 1, build.state(), Sign.of(build.state()).tone());
        area.right(at + STATE, line, TIME - 2, build.ran(now).map(Words::of).orElse(""), Tone.PLAIN);
        at += STATE + TIME;
        Instant since = build.finished().orElse(build.created());
        area.fit(at, line, AGO - 1, Words.ago(since, now), Tone.QUIET);
        at += AGO;
        String why = build.hasEnded() ? build.reason() : progress(build);
        area.fit(at, line, area.width() - at, why, Tone.QUIET);
    }
}
