package io.sallyport.gateway;

import io.sallyport.gateway.policy.PolicyAnswer;
import io.sallyport.gateway.policy.PolicyOrder;
import io.sallyport.gateway.policy.PolicyReader;
import io.sallyport.gateway.settings.Note;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sallyport admin policy export}: the policy in force as a file. */
@Command(
        name = "export",
        description = "Writes the policy in force, while the gateway serves or not. The same policy is the same file.",
        mixinStandardHelpOptions = true)
final class ExportPolicy implements Callable<Integer> {
    @Mixin
    private PolicyHome home = new PolicyHome();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "where to; else to standard output")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException, Refused, InterruptedException {
        PolicyAnswer answer = home.have(new PolicyOrder.Export());
        if (answer.status() == 0 && file != null) {
            new Note(file.toAbsolutePath(), PolicyReader.LARGEST).write(answer.text());
            return 0;
        }
        return home.tell(answer);
    }
}
