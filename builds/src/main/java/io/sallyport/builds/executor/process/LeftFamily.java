package io.sallyport.builds.executor.process;

import java.nio.file.Path;
import java.util.List;

/**
 * What earlier gateways with the same workspaces folder left running, found by the beginning of their runs' marks.
 * There is none where sandboxes were.
 */
record LeftFamily(String mark) implements Family {
    static LeftFamily of(Path workspaces) {
        return new LeftFamily(RunMark.of(workspaces, "").entry());
    }

    @Override
    public List<HostProcess> members() {
        return ProcessTable.all().stream()
                .filter(each -> MarkedFamily.isMarked(each, mark))
                .toList();
    }

    @Override
    public void kill() {
        members().forEach(HostProcess::kill);
    }

    /** Nobody waits for it any more. */
    @Override
    public boolean shellLives() {
        return false;
    }

    @Override
    public boolean gone() {
        return members().isEmpty();
    }
}
