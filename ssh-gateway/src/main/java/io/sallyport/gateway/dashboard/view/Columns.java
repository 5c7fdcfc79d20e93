package io.sallyport.gateway.dashboard.view;

import io.sallyport.gateway.dashboard.house.BuildRow;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Tone;

/** The columns that lines about builds have in common, so that all lists stand below each other. */
final class Columns {
    /** Two for the sign, one of them a blank. */
    static final int SIGN = 1;

    static final int ID = 3;
    private static final int ID_WIDTH = 7;

    private final int project;
    private final int source;
    private final int by;

    /** As wide as the area lets them be, up to where what follows them, such as a reason, has more need of it; without the project where all lines are of the same. */
    Columns(int width, boolean withProject) {
        this.project = withProject ? Math.clamp(width / 7, 8, 16) : 0;
        this.source = Math.clamp(width / 5, 10, 24);
        this.by = Math.clamp(width / 10, 7, 12);
    }

    /** Number and project; the answer is the next column. */
    int head(Area area, int line, String state, long id, String name) {
        Sign sign = Sign.of(state);
        area.put(SIGN, line, sign.glyph(), sign.tone());
        area.fit(ID, line, ID_WIDTH - 1, Long.toString(id), Tone.STRONG);
        area.fit(ID + ID_WIDTH, line, project - 1, name, Tone.PLAIN);
        return ID + ID_WIDTH + project;
    }

    /** Number, project and source; the answer is the next column. */
    int source(Area area, int line, BuildRow build) {
        int at = head(area, line, build.state(), build.id(), build.project());
        area.fit(at, line, source - 1, build.source(), Tone.PLAIN);
        return at + source;
    }

    /** Number, project, source and submitter; the answer is the next column. */
    int build(Area area, int line, BuildRow build) {
        int at = source(area, line, build);
        area.fit(at, line, by - 1, build.by(), Tone.QUIET);
        return at + by;
    }
}
