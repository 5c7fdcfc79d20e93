package io.sallyport.gateway;

import io.sallyport.gateway.policy.PolicyError;
import io.sallyport.gateway.policy.PolicyOrder;
import io.sallyport.gateway.policy.PolicyReader;
import io.sallyport.gateway.policy.PolicyReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sallyport admin policy import}: a file as the policy in force. */
@Command(
        name = "import",
        description = {
            "Puts the policy of a file in force, all of it or nothing, while the gateway serves or not.",
            "Tells what is changed; it is on record in the audit log."
        },
        mixinStandardHelpOptions = true)
final class ImportPolicy implements Callable<Integer> {
    private static final int LONGEST_REASON = 500;
    private static final int WRONG = 65;

    @Mixin
    private PolicyHome home = new PolicyHome();

    @Option(names = "--dry-run", description = "tell what would be changed, and change nothing")
    private boolean dryRun;

    @Option(names = "--remove", description = "remove identities, groups and keys that are not in the file")
    private boolean remove;

    @Option(names = "--reason", defaultValue = "", paramLabel = "TEXT", description = "why; it stays on record")
    private String reason = "";

    @Parameters(paramLabel = "FILE", description = "the policy")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException, Refused, InterruptedException {
        if (reason.length() > LONGEST_REASON) {
            throw new Refused("--reason is a sentence of at most " + LONGEST_REASON + " characters");
        }
        byte[] text = PolicyInput.read(file);
        if (new PolicyReader().read(text) instanceof PolicyReading.Rejected(var errors)) {
            throw new Refused(
                    errors.stream().map(this::words).collect(Collectors.joining("\n")) + "\nnothing was changed",
                    WRONG);
        }
        return home.tell(home.have(new PolicyOrder.Import(
                file.toString(),
                new String(text, StandardCharsets.UTF_8),
                remove,
                dryRun,
                System.getProperty("user.name"),
                reason)));
    }

    private String words(PolicyError error) {
        return error.in(file.toString());
    }
}
