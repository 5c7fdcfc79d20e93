package io.sallyport.gateway;

import io.sallyport.gateway.breakglass.BreakGlass;
import io.sallyport.gateway.breakglass.BreakGlassFile;
import io.sallyport.gateway.settings.StateDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sallyport admin grant-once}: lets a key in as an administrator for a short time. */
@Command(
        name = "grant-once",
        description =
                "Lets a key in as an administrator for at most an hour, when nobody else can. It is logged loudly.",
        mixinStandardHelpOptions = true)
final class GrantOnce implements Callable<Integer> {
    private static final int LONGEST_KEY_FILE = 16 * 1024;
    private static final int LONGEST_REASON = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    @Option(names = "--home", required = true, paramLabel = "DIR", description = "the state directory")
    private Path home = Path.of("");

    @Option(names = "--key", required = true, paramLabel = "FILE.pub", description = "a public key made for this")
    private Path key = Path.of("");

    @Option(
            names = "--minutes",
            defaultValue = "30",
            paramLabel = "N",
            description = "for how long, 1 to 60 (default: ${DEFAULT-VALUE})")
    private int minutes = 30;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why; it stays on record")
    private String reason = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, Refused, InterruptedException {
        StateDirectory state = new StateDirectory(home.toAbsolutePath().normalize());
        if (!state.isInitialised()) {
            throw new Refused("there is no gateway in " + state.root());
        }
        if (minutes < 1 || minutes > BreakGlass.LONGEST.toMinutes()) {
            throw new Refused("--minutes is a number from 1 to " + BreakGlass.LONGEST.toMinutes());
        }
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Refused("--reason is a sentence of at most " + LONGEST_REASON + " characters");
        }
        Instant until = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofMinutes(minutes));
        BreakGlassFile file = new BreakGlassFile(state.root());
        boolean serving = isServed(state);
        file.ask(new BreakGlassFile.Wish(new KeyArgument(key, LONGEST_KEY_FILE).read(), until, reason));
        if (!serving) {
            say("no gateway serves from " + state.root() + ": the key is let in if one starts before " + until);
            return 0;
        }
        String answer = answer(file);
        if (!answer.equals(BreakGlassFile.GRANTED)) {
            throw new Refused("refused: " + answer);
        }
        say("administrator " + BreakGlass.IDENTITY + " until " + until + ", with " + key);
        say("next: ssh -i YOUR_KEY … whoami; end it sooner with DELETE /identities/" + BreakGlass.IDENTITY);
        return 0;
    }

    private static boolean isServed(StateDirectory state) throws IOException {
        try (FileChannel lock = state.lock()) {
            return lock == null;
        }
    }

    private static String answer(BreakGlassFile file) throws IOException, InterruptedException, Refused {
        for (long left = PATIENCE.dividedBy(BETWEEN_LOOKS); left > 0; left--) {
            Optional<String> answer = file.answered();
            if (answer.isPresent()) {
                return answer.get().strip();
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new Refused("the gateway has not answered within " + PATIENCE.toSeconds() + " s: see its log");
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
