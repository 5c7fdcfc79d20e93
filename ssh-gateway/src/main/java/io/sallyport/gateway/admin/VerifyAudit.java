package io.sallyport.gateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sallyport.keys.audit.Checkpoint;
import io.sallyport.keys.audit.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sallyport admin audit verify}: names the first fault of a log, or says what was checked. */
@Command(
        name = "verify",
        description = {
            "Checks an audit log: each record's place, hash and check sum, and each checkpoint's signature.",
            "Ends 0 when all hold, 1 at the first fault, which it names. The gateway may go on meanwhile."
        },
        mixinStandardHelpOptions = true)
final class VerifyAudit implements Callable<Integer> {
    private static final int FAULTY = 1;
    private static final int NO_INPUT = 66;
    private static final int LONGEST = 64 * 1024;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "an answer of GET /audit/checkpoint, kept elsewhere, that the log has to agree with")
    private @Nullable Path checkpoint;

    @Option(
            names = "--key",
            paramLabel = "FILE.pub",
            description = "the host key that has to have signed it, as ssh-keygen -y prints it")
    private @Nullable Path key;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "segments in their order, a folder of them, or the state directory")
    private List<Path> places = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            Optional<Checkpoint> kept = checkpoint == null ? Optional.empty() : Optional.of(kept(checkpoint));
            List<Path> within =
                    places.stream().map(VerifyAudit::ofStateDirectory).toList();
            return switch (Verification.of(within, kept)) {
                case Verification.Fault fault -> faulty(fault);
                case Verification.Sound sound -> sound(sound, kept);
            };
        } catch (Unusable e) {
            spec.commandLine().getErr().println("error: " + e.getMessage());
            return e.status;
        } catch (IOException e) {
            spec.commandLine().getErr().println("error: cannot read " + e.getMessage());
            return NO_INPUT;
        }
    }

    private static Path ofStateDirectory(Path place) {
        Path inside = place.resolve("audit");
        return Files.isDirectory(inside) ? inside : place;
    }

    private int faulty(Verification.Fault fault) {
        String line = fault.line() > 0 ? ":" + fault.line() : "";
        spec.commandLine().getErr().println("fault: " + fault.file() + line + ": " + fault.what());
        return FAULTY;
    }

    private int sound(Verification.Sound sound, Optional<Checkpoint> kept) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("sound: records " + sound.first() + " to " + sound.last() + " in " + sound.files()
                + (sound.files() == 1 ? " file" : " files") + ", each with the hash of the one before it");
        out.println("checkpoints in the log: " + sound.checkpoints()
                + (sound.checkpoints() == 0 ? "" : ", the last of record " + sound.lastSigned()));
        sound.signers().forEach(signer -> out.println("signed by: " + signer));
        if (sound.unfinished() > 0) {
            out.println("not checked: " + sound.unfinished()
                    + " bytes at the end: a record that is being written, or that a crash has cut off");
        }
        out.println(
                kept.isPresent()
                        ? "checkpoint of " + kept.get().time() + ": record "
                                + kept.get().place().sequence() + " is the one that was signed"
                        : "not checked: whether records are missing at the end; a checkpoint kept elsewhere tells"
                                + " (--checkpoint)");
        out.flush();
        return 0;
    }

    private Checkpoint kept(Path file) throws IOException, Unusable {
        Checkpoint read = Checkpoint.read(json(file)).orElseThrow(() -> notACheckpoint(file));
        Optional<String> fault = key == null ? read.fault() : read.faultBy(publicLine(key));
        if (fault.isPresent()) {
            throw new Unusable("the signature of " + file + " does not hold: " + fault.get(), FAULTY);
        }
        return read;
    }

    private static JsonNode json(Path file) throws IOException, Unusable {
        if (Files.size(file) > LONGEST) {
            throw notACheckpoint(file);
        }
        try {
            return JsonMapper.builder().build().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw notACheckpoint(file);
        }
    }

    private static Unusable notACheckpoint(Path file) {
        return new Unusable(file + " is no checkpoint: keep what GET /audit/checkpoint answers", FAULTY);
    }

    private static String publicLine(Path file) throws IOException, Unusable {
        String line = Files.size(file) > LONGEST ? "" : Files.readString(file).strip();
        if (line.isEmpty() || line.contains("\n")) {
            throw new Unusable(file + " is not one public key", NO_INPUT);
        }
        return line;
    }

    /** What the options name cannot be used. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        Unusable(String message, int status) {
            super(message, null, false, false);
            this.status = status;
        }
    }
}
