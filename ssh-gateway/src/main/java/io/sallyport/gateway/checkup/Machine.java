package io.sallyport.gateway.checkup;

import io.sallyport.builds.executor.process.Sandbox;
import io.sallyport.gateway.settings.Config;
import io.sallyport.gateway.settings.OpenFiles;
import io.sallyport.gateway.settings.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine: sandbox, clock, disk, open files. */
final class Machine {
    private static final Duration TOLERATED = Duration.ofMinutes(1);
    private static final long PATIENCE_SECONDS = 10;

    private final StateDirectory state;
    private final Clock clock;
    private final Surroundings around;

    Machine(StateDirectory state, Clock clock, Surroundings around) {
        this.state = state;
        this.clock = clock;
        this.around = around;
    }

    List<Finding> look(Optional<Config> config) throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(time());
        if (config.isPresent()) {
            findings.addAll(place(config.get()));
            if (config.get().builds().network()) {
                findings.add(Finding.warning("builds.network is true: builds reach every address that this machine"
                        + " reaches; set it to false unless they need it"));
            }
            findings.add(disk(config.get().limits().source().bytes()));
            findings.add(openFiles(config.get().limits().connections().total()));
        }
        return findings;
    }

    /** A clock that is behind what is written already makes certificates and expiries wrong. */
    private Finding time() throws IOException {
        Instant newest = Instant.EPOCH;
        try (Stream<Path> top = Files.list(state.root())) {
            for (Path file : top.toList()) {
                Instant changed = Files.getLastModifiedTime(file).toInstant();
                newest = changed.isAfter(newest) ? changed : newest;
            }
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return newest.isAfter(now.plus(TOLERATED))
                ? Finding.error("the clock says " + now + ", but files were changed at " + newest
                        + ": set the clock right (see timedatectl)")
                : Finding.fine("the clock says " + now + ", which is not before anything written here");
    }

    private List<Finding> place(Config config) throws InterruptedException {
        return switch (config.builds().place()) {
            case PROCESS -> List.of(sandbox(around.sandbox(config.builds().sandbox())));
            case DOCKER, SWARM -> new ContainerEngine(config).look();
        };
    }

    private Finding sandbox(Sandbox mode) throws InterruptedException {
        if (mode == Sandbox.NONE) {
            return Finding.warning("builds.sandbox is none: whoever may submit a build can read everything here,"
                    + " keys too; set it to required");
        }
        Optional<String> failure = bubblewrap();
        if (failure.isEmpty()) {
            return mode == Sandbox.REQUIRED
                    ? Finding.fine("the sandbox works and is required")
                    : Finding.warning("the sandbox works, but builds.sandbox is auto: should it stop working, builds"
                            + " run without one; set it to required");
        }
        String words = "the sandbox does not work (" + failure.get() + "): " + around.advice();
        return mode == Sandbox.REQUIRED
                ? Finding.error(words + "; the gateway does not start meanwhile")
                : Finding.warning(words + "; builds run unprotected meanwhile");
    }

    /** Why a sandbox cannot be made; empty when it can. */
    private static Optional<String> bubblewrap() throws InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bwrap", "--ro-bind", "/", "/", "--unshare-all", "--die-with-parent", "true");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("bwrap does not end");
            }
            return process.exitValue() == 0 ? Optional.empty() : Optional.of("bwrap ends with " + process.exitValue());
        } catch (IOException e) {
            return Optional.of("there is no bwrap");
        }
    }

    private Finding disk(long sourceBytes) throws IOException {
        long free = Files.getFileStore(state.root()).getUsableSpace();
        String words = (free >> 20) + " MiB free for the state directory";
        return free < 2 * sourceBytes
                ? Finding.warning(words + ", less than two sources of the largest size: make room or lower"
                        + " limits.sourceBytes")
                : Finding.fine(words);
    }

    /** Of this process, which is what the gateway gets when it is started from the same place. */
    private static Finding openFiles(int connections) throws IOException {
        OptionalLong limit = OpenFiles.limit();
        if (limit.isEmpty()) {
            return Finding.fine("no limit of open files");
        }
        long files = limit.getAsLong();
        return OpenFiles.forConnections(files) < connections
                ? Finding.warning("from here a process may open " + files + " files, but limits.connections is "
                        + connections + ": raise it (LimitNOFILE= in a unit of systemd, or ulimit -n)")
                : Finding.fine("a process may open " + files + " files, enough for " + connections + " connections");
    }
}
