package io.sallyport.builds.executor.process;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The value of a variable that all processes of a visit are started with.
 *
 * @param value of letters and digits, and never used before
 */
record VisitMark(String value) {
    /** The variable's name. */
    static final String VARIABLE = "SALLYPORT_VISIT";

    /** Those of a run's processes that are of the visit: marked, in the session of one that is, or below one. */
    List<HostProcess> members(Family run) {
        List<HostProcess> all = run.members();
        Set<Long> pids = new HashSet<>();
        Set<Long> sessions = new HashSet<>();
        for (HostProcess each : all) {
            if (MarkedFamily.isMarked(each, VARIABLE + "=" + value)) {
                pids.add(each.pid());
                if (each.session() == each.pid()) {
                    sessions.add(each.session());
                }
            }
        }
        List<HostProcess> found = new ArrayList<>();
        boolean more = !pids.isEmpty();
        while (more) { // until no child of one is missing
            more = false;
            for (HostProcess each : all) {
                boolean is =
                        pids.contains(each.pid()) || pids.contains(each.parent()) || sessions.contains(each.session());
                if (is && !found.contains(each)) {
                    found.add(each);
                    more |= pids.add(each.pid());
                }
            }
        }
        return found;
    }
}
