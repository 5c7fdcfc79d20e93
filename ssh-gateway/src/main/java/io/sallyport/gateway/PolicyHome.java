package io.sallyport.gateway;

import io.sallyport.gateway.policy.PolicyAnswer;
import io.sallyport.gateway.policy.PolicyErrand;
import io.sallyport.gateway.policy.PolicyOrder;
import io.sallyport.gateway.settings.ConfigFile;
import io.sallyport.gateway.settings.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of commands on the policy of a state directory, and what is told of their answers. */
final class PolicyHome {
    @Option(names = "--home", required = true, paramLabel = "DIR", description = "the state directory")
    private Path home = Path.of("");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Has an order done. */
    PolicyAnswer have(PolicyOrder order) throws IOException, Refused, InterruptedException {
        StateDirectory state = new StateDirectory(home.toAbsolutePath().normalize());
        if (!state.isInitialised()) {
            throw new Refused("there is no gateway in " + state.root());
        }
        try {
            return new PolicyErrand(state, Version.text()).run(order);
        } catch (ConfigFile.WrongSettings e) {
            throw new Refused(e.file() + ": " + String.join("; ", e.errors()));
        }
    }

    /** Prints an answer; gives the exit status. */
    int tell(PolicyAnswer answer) {
        PrintWriter to = answer.status() == 0
                ? spec.commandLine().getOut()
                : spec.commandLine().getErr();
        to.print(answer.text());
        to.flush();
        return answer.status();
    }
}
