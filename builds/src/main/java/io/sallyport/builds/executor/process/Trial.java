package io.sallyport.builds.executor.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Finds out whether a sandbox works on this machine, by making one as jobs get it. */
final class Trial {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int CODE = 42;
    private static final int WORDS = 4096;

    private Trial() {}

    /**
     * A sandbox that works.
     *
     * @throws SandboxUnavailableException with the words of what was in the way
     * @throws IOException when the workspaces folder cannot be used
     */
    static Bubblewrap sandbox(ProcessSettings settings, Path workspaces, Optional<Path> setsid, Launcher launcher)
            throws IOException, InterruptedException {
        BubblewrapProgram program = BubblewrapProgram.find(settings.bwrap());
        SystemView view = SystemView.of(workspaces.resolve("system"), settings.network());
        Bubblewrap sandbox = new Bubblewrap(settings, program, view, filter(view), setsid, StepDown.ifRoot());
        RunFolder folder = new RunFolder(workspaces, "trial");
        try {
            folder.make();
            tryOut(program, launcher.launch(quiet(sandbox.confine(folder))));
            return sandbox;
        } finally {
            folder.remove();
        }
    }

    private static Optional<Path> filter(SystemView view) throws IOException {
        Optional<SystemCallFilter> filter = SystemCallFilter.ofThisMachine();
        return filter.isEmpty()
                ? Optional.empty()
                : Optional.of(Files.write(
                        view.made().resolve("calls.bpf"), filter.get().program()));
    }

    private static ProcessBuilder quiet(ProcessBuilder builder) {
        builder.environment().clear();
        return builder.redirectErrorStream(true);
    }

    private static void tryOut(BubblewrapProgram program, Process process) throws IOException, InterruptedException {
        String name = program.path().toString();
        try {
            try (var script = process.outputWriter(StandardCharsets.UTF_8)) {
                script.write("exit " + CODE + "\n");
            } catch (IOException e) {
                // it ended before; its words and its code say why
            }
            if (!process.waitFor(LONGEST)) {
                throw new SandboxUnavailableException(name, "a trial did not end within " + LONGEST.toSeconds() + " s");
            }
            String words = new String(process.getInputStream().readNBytes(WORDS), StandardCharsets.UTF_8).strip();
            if (process.exitValue() != CODE) {
                throw new SandboxUnavailableException(
                        name, "a trial ended with " + process.exitValue() + (words.isEmpty() ? "" : ": " + words));
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
