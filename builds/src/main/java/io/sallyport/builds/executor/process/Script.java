package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        for (String name : DriverScript.impossible(environment)) {
            output.system("not set, because a shell cannot have such a variable: " + name);
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
                shell.give(DriverScript.of(places).text(lines, environment, files(), processes));
            } else {
                pipes.talk().answer();
            }
        }
    }

    private Map<Path, byte[]> files() {
        Map<Path, byte[]> files = new TreeMap<>();
        order.files().forEach((name, content) -> {
            if (DriverScript.isName(name)) {
                files.put(places.files().resolve(name), content);
            }
        });
        return files;
    }
}
