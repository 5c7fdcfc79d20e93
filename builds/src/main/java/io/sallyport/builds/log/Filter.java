package io.sallyport.builds.log;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Tells the marks of a selection. The job may get its number only while the log is read. */
final class Filter {
    private final LogSelection selection;
    private final JobNames names;
    private int job = -1;

    Filter(LogSelection selection, JobNames names) {
        this.selection = selection;
        this.names = names;
    }

    boolean wants(Mark mark) {
        return selection.streams().contains(mark.stream()) && ofJob(mark.job());
    }

    private boolean ofJob(int number) {
        @Nullable String name = selection.job().orElse(null);
        if (name == null) {
            return true;
        }
        if (job < 0) {
            OptionalInt known = names.number(name);
            job = known.orElse(-1);
        }
        return number == job;
    }
}
