package io.sallyport.gateway;

import io.sallyport.gateway.policy.PolicyReader;
import io.sallyport.gateway.policy.PolicyReading;
import io.sallyport.keys.Policy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sallyport admin policy check}: tells all that is wrong with a policy file. */
@Command(
        name = "check",
        description = {
            "Reads a policy file, and tells all that is wrong with it, by line and column. Needs no gateway.",
            "Ends with 65 when something is wrong."
        },
        mixinStandardHelpOptions = true)
final class CheckPolicy implements Callable<Integer> {
    private static final int WRONG = 65;

    @Parameters(paramLabel = "FILE", description = "the policy")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Refused {
        return switch (new PolicyReader().read(PolicyInput.read(file))) {
            case PolicyReading.Accepted accepted -> {
                print(spec.commandLine().getOut(), file + ": " + sums(accepted.policy()));
                yield 0;
            }
            case PolicyReading.Rejected rejected -> {
                rejected.errors().forEach(error -> print(spec.commandLine().getErr(), error.in(file.toString())));
                yield WRONG;
            }
        };
    }

    private static String sums(Policy policy) {
        int keys = policy.identities().stream()
                .mapToInt(entry -> entry.keys().size())
                .sum();
        return "nothing is wrong; identities: " + policy.identities().size() + ", keys: " + keys + ", groups: "
                + policy.groups().size();
    }

    private static void print(PrintWriter to, String line) {
        to.println(line);
        to.flush();
    }
}
