package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.shell.Announcement;
import io.sallyport.builds.executor.shell.ShellJob;
import io.sallyport.builds.executor.shell.ShellScript;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Commands of a job on their way into its shell, each announced before it begins and after all that was printed before. */
final class Script {
    private final JobOrder order;
    private final Commands commands;
    private final Places places;
    private final int processes;
    private final JobOutput output;

    Script(JobOrder order, Commands commands, Confinement confinement, RunFolder folder, JobOutput output) {
        this.order = order;
        this.commands = commands;
        this.places = confinement.places(folder);
        this.processes = confinement.processes();
        this.output = output;
    }

    /**
     * Returns when the last command has begun, or the shell has ended before.
     *
     * @throws IOException when the output takes no more
     */
    void perform(Shell shell, Pipes pipes) throws IOException, InterruptedException {
        Map<String, String> environment = places.environment(order, commands);
        List<String> lines = commands.lines();
        for (String name : ShellScript.impossible(environment)) {
            output.system(ShellJob.leftOut(name));
        }
        if (lines.isEmpty()) {
            shell.give("");
        }
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                if (!pipes.talk().heard()) {
                    return;
                }
                pipes.flush();
            }
            for (String line : Announcement.of(lines.get(i))) {
                output.system(line);
            }
            if (i == 0) {
                shell.give(DriverScript.of(places)
                        .text(lines, environment, places.shell().files(order), processes));
            } else {
                pipes.talk().answer();
            }
        }
    }
}
