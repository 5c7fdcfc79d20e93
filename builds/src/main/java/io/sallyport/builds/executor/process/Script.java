package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A job's commands on their way into its shell, each announced before it begins and after all that was printed before. */
final class Script {
    private final JobOrder order;
    private final Places places;
    private final int processes;
    private final JobOutput output;

    Script(JobOrder order, Confinement confinement, RunFolder folder, JobOutput output) {
        this.order = order;
        this.places = confinement.places(folder);
        this.processes = confinement.processes();
        this.output = output;
    }

    /**
     * Refuses what no shell can be given.
     *
     * @throws IOException when a command or a variable has a NUL byte
     */
    static void check(JobOrder order) throws IOException {
        for (String command : order.job().work().script()) {
            if (command.indexOf('\0') >= 0) {
                throw new IOException("a command has a NUL character, which no shell can take");
            }
        }
        for (Map.Entry<String, String> variable : order.environment().entrySet()) {
            if (variable.getValue().indexOf('\0') >= 0) {
                throw new IOException("the variable " + variable.getKey() + " has a NUL character");
            }
        }
    }

    /**
     * Returns when the last command has begun, or the shell has ended before.
     *
     * @throws IOException when the output takes no more
     */
    void perform(Shell shell, Pipes pipes) throws IOException, InterruptedException {
        Map<String, String> environment = places.environment(order.environment());
        List<String> commands = order.job().work().script();
        for (String name : DriverScript.impossible(environment)) {
            output.system("not set, because a shell cannot have such a variable: " + name);
        }
        if (commands.isEmpty()) {
            shell.give("");
        }
        for (int i = 0; i < commands.size(); i++) {
            if (i > 0) {
                if (!pipes.talk().heard()) {
                    return;
                }
                pipes.flush();
            }
            for (String line : Announcement.of(commands.get(i))) {
                output.system(line);
            }
            if (i == 0) {
                shell.give(DriverScript.of(places).text(commands, environment, processes));
            } else {
                pipes.talk().answer();
            }
        }
    }
}
