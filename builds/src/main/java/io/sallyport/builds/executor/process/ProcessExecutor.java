package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.Isolation;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Node;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.WorkspaceFiller;
import io.sallyport.builds.executor.workspace.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs as processes of this machine, each in a sandbox of its own where bubblewrap works. A job's shell is
 * {@code /bin/sh}, its standard input is empty, its environment holds what the order says and {@code CI_PROJECT_DIR} and
 * {@code SALLYPORT_WORKSPACE}, the path of its workspace as it sees it; {@code PATH}, {@code HOME} and {@code TMPDIR}
 * have defaults. What a job sees of the machine is told in {@code docs/sandbox.md}.
 *
 * <p>A sandboxed job ends with the gateway, whatever ends that, so nothing is ever recovered. Without a sandbox it may
 * go on, and is ended when the next gateway opens the same workspaces folder.
 */
public final class ProcessExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessExecutor.class);
    private static final Duration LEFT = Duration.ofSeconds(30);
    private static final int NAME_BYTES = 6;

    private final Path workspaces;
    private final WorkspaceFiller filler;
    private final ProcessRun.House house;
    private static final String HERE = "local";

    private final Set<ProcessRun> runs = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ProcessExecutor(
            ProcessSettings settings, Path workspaces, WorkspaceFiller filler, Launcher launcher, Confinement found) {
        this.workspaces = workspaces;
        this.filler = filler;
        this.house = new ProcessRun.House(launcher, found, settings.limits(), new SecureRandom(), runs::remove);
    }

    /**
     * Ends and removes what earlier gateways left in the workspaces folder, then tries whether a sandbox works here by
     * making one.
     *
     * @param filler puts a source into a workspace
     * @throws SandboxUnavailableException when the settings require a sandbox and none works
     * @throws IOException when the workspaces folder cannot be used
     * @throws InterruptedException when the thread is interrupted
     */
    public static ProcessExecutor open(ProcessSettings settings, WorkspaceFiller filler)
            throws IOException, InterruptedException {
        Files.createDirectories(
                settings.workspaces(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path workspaces = settings.workspaces().toRealPath();
        if (!LeftFamily.of(workspaces).end(LEFT)) {
            LOG.warn(
                    "processes of an earlier gateway cannot be ended: {}",
                    LeftFamily.of(workspaces).members());
        }
        RunFolder.removeStale(workspaces);
        Launcher launcher = new Launcher();
        try {
            return new ProcessExecutor(
                    settings, workspaces, filler, launcher, confinement(settings, workspaces, launcher));
        } catch (IOException | InterruptedException | RuntimeException e) {
            launcher.close();
            throw e;
        }
    }

    private static Confinement confinement(ProcessSettings settings, Path workspaces, Launcher launcher)
            throws IOException, InterruptedException {
        Optional<Path> setsid = HostCommand.find("setsid");
        return switch (settings.sandbox()) {
            case NONE -> new Unconfined("by the settings", setsid);
            case REQUIRED -> Trial.sandbox(settings, workspaces, setsid, launcher);
            case AUTO -> {
                try {
                    yield Trial.sandbox(settings, workspaces, setsid, launcher);
                } catch (SandboxUnavailableException e) {
                    LOG.warn("builds run without a sandbox: {}: {}", e.program(), e.reason());
                    yield new Unconfined(e.program() + ": " + e.reason(), setsid);
                }
            }
        };
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public boolean usesImages() {
        return false;
    }

    @Override
    public Isolation isolation() {
        return house.confinement().isolation();
    }

    @Override
    public Run prepare(JobOrder order) throws IOException, InterruptedException {
        if (closed) {
            throw new IllegalStateException("the executor is closed");
        }
        order.check();
        byte[] chance = new byte[NAME_BYTES];
        house.random().nextBytes(chance);
        String name =
                order.build() + "-" + order.attempt() + "-" + HexFormat.of().formatHex(chance);
        RunFolder folder = new RunFolder(workspaces, name);
        SourceFiles source;
        try {
            folder.make();
            filler.fill(order.source(), folder.workspace());
            source = order.keepsUntracked() ? SourceFiles.in(folder.workspace()) : SourceFiles.none();
        } catch (IOException | InterruptedException | RuntimeException e) {
            folder.remove();
            throw e;
        }
        ProcessRun run = new ProcessRun(house, order, folder, RunMark.of(workspaces, name), source);
        runs.add(run);
        return run;
    }

    @Override
    public boolean outlives() {
        return false;
    }

    /** Nothing: {@link #open} has removed all that was left. */
    @Override
    public List<Node> nodes() {
        return List.of(Node.ready(HERE, runs.size()));
    }

    @Override
    public void removeLeft(Set<String> runs) {}

    /** Nothing: a sandboxed job has ended with its gateway. */
    @Override
    public Optional<Run> recover(JobOrder order, Commands commands, JobOutput output) {
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        runs.forEach(ProcessRun::close);
        house.launcher().close();
    }
}
