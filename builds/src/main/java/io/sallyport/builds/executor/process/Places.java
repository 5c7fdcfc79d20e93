package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.shell.ShellJob;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a job finds its things, as it sees the file system itself.
 *
 * @param workspace with its source, its working directory
 * @param home its own
 * @param tmp its own
 * @param ask its shell's pipe to the gateway
 * @param answer the gateway's pipe to its shell
 * @param files the folder for files of variables, its own and empty at each start
 */
record Places(Path workspace, Path home, Path tmp, Path ask, Path answer, Path files) {
    private static final String PROGRAMS = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** The environment of a job's commands: defaults, what the order and they say, and where it is, which only the executor knows. */
    Map<String, String> environment(JobOrder order, Commands commands) {
        return shell().environment(order, commands, Map.of("PATH", PROGRAMS));
    }

    /** The same, as far as its shell is concerned. */
    ShellJob shell() {
        return ShellJob.in(workspace, home, tmp, files);
    }
}
