package io.sallyport.builds.executor.shell;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.variable.WorkspacePath;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a job's shell finds the job's things, as it sees the file system itself.
 *
 * @param workspace with its source, its working directory
 * @param home its own
 * @param tmp its own
 * @param files the folder for files of variables, its own
 * @param prefix of the names of these, where the folder may have some of an earlier shell's
 */
public record ShellJob(Path workspace, Path home, Path tmp, Path files, String prefix) {
    /** Where a run's own mark stands in the environment; nobody else sets it. */
    public static final String RUN = "SALLYPORT_RUN";

    /** One whose folder for files is empty at each start. */
    public static ShellJob in(Path workspace, Path home, Path tmp, Path files) {
        return new ShellJob(workspace, home, tmp, files, "");
    }

    /** The same with that before the name of each file. */
    public ShellJob withFilesNamed(String other) {
        return new ShellJob(workspace, home, tmp, files, other);
    }

    private Path file(String name) {
        return files.resolve(prefix + name);
    }

    /**
     * The environment of a job's commands: what the order and they say, on top of defaults, and where it is, which only the
     * executor knows.
     *
     * @param defaults besides {@code HOME} and {@code TMPDIR}
     */
    public Map<String, String> environment(JobOrder order, Commands commands, Map<String, String> defaults) {
        Map<String, String> all = new TreeMap<>(defaults);
        all.put("HOME", home.toString());
        all.put("TMPDIR", tmp.toString());
        all.putAll(order.environment());
        all.putAll(commands.environment());
        order.files().keySet().forEach(name -> all.put(name, file(name).toString()));
        all.remove(RUN);
        all.replaceAll((name, value) -> WorkspacePath.known(value, workspace.toString()));
        all.put(WorkspacePath.VARIABLE, workspace.toString());
        all.put("SALLYPORT_WORKSPACE", workspace.toString());
        return all;
    }

    /** The contents of the files of variables by their places; only of those that a shell can have. */
    public Map<Path, byte[]> files(JobOrder order) {
        Map<Path, byte[]> contents = new TreeMap<>();
        order.files().forEach((name, content) -> {
            if (ShellScript.isName(name)) {
                contents.put(file(name), content);
            }
        });
        return contents;
    }

    /** What the log says of a variable that is left out; see {@link ShellScript#impossible}. */
    public static String leftOut(String name) {
        return "not set, because a shell cannot have such a variable: " + name;
    }
}
