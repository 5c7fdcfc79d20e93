package io.sallyport.builds.executor.process;

import static io.sallyport.builds.executor.shell.ShellScript.quote;

import io.sallyport.builds.executor.shell.ShellScript;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The {@link ShellScript} of a job's shell. Between two commands the shell writes a line into one pipe and waits for one
 * in another, so the gateway can announce the next before it prints anything. The shell opens these pipes by name each
 * time: no descriptor of the script's own is taken, and none can be closed.
 *
 * @param ask the pipe it writes to, as the shell sees it
 * @param answer the pipe it reads from, as the shell sees it
 * @param doorman lets others in beside it
 */
record DriverScript(Path ask, Path answer, Doorman doorman) {
    /** For a job that sees its pipes there. */
    static DriverScript of(Places places) {
        return new DriverScript(places.ask(), places.answer(), Doorman.of(places));
    }

    /**
     * The first line: the shell is there. The rest is only sent after that: until then the shell might outlive a
     * gateway that was killed. Opened for both, so that it does not wait where no gateway is any more.
     */
    String knock() {
        return "command echo 1<>" + quote(ask) + "\n";
    }

    /** The rest; see {@link ShellScript#text}. */
    String text(List<String> commands, Map<String, String> environment, Map<Path, byte[]> files, int processes) {
        String between = "{ command echo 1<>" + quote(ask) + "; command read -r _ <" + quote(answer)
                + "; } 2>/dev/null\n"; // silent under set -x
        return ShellScript.text(commands, environment, files, processes, doorman.text(), index -> between);
    }
}
