package io.sallyport.gateway;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sallyport demo}, for the help: the launcher takes it before it comes here. */
@Command(
        name = "demo",
        description = "Shows a throw-away gateway at work: a real build, over plain ssh.",
        mixinStandardHelpOptions = true)
final class Demo implements Callable<Integer> {
    private static final int BAD_USAGE = 64;

    @Option(names = "--keep", description = "leave the gateway up")
    private boolean keep;

    @Override
    public Integer call() throws Refused {
        throw new Refused(
                "the demo is run by the launcher: ./sallyport demo" + (keep ? " --keep" : "") + ", in the repository",
                BAD_USAGE);
    }
}
