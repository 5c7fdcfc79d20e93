package io.sallyport.gateway;

import io.sallyport.gateway.checkup.Checkup;
import io.sallyport.gateway.checkup.Finding;
import io.sallyport.gateway.settings.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sallyport admin check}: looks the state directory and the machine over. */
@Command(
        name = "check",
        description = "Looks the state directory and the machine over, and says what to mend. Changes nothing."
                + " Ends with 1 when something has to be mended.",
        mixinStandardHelpOptions = true)
final class Check implements Callable<Integer> {
    @Option(names = "--home", required = true, paramLabel = "DIR", description = "the state directory")
    private Path home = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, Refused, InterruptedException {
        StateDirectory state = new StateDirectory(home.toAbsolutePath().normalize());
        if (!state.isInitialised()) {
            throw new Refused("there is no gateway in " + state.root());
        }
        List<Finding> findings = new Checkup(state, Clock.systemUTC()).run();
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(finding -> out.println(finding.level().label() + "  " + finding.words()));
        long errors = count(findings, Finding.Level.ERROR);
        out.println(errors + " to mend, " + count(findings, Finding.Level.WARNING) + " to think about");
        out.flush();
        return errors == 0 ? 0 : 1;
    }

    private static long count(List<Finding> findings, Finding.Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
