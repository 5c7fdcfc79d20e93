package io.sallyport.builds.executor.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * For a gateway that runs as root: each job gets a user number of the host's that owns nothing else. Inside a user
 * namespace alone it would still be root to the host's files: {@code /proc/sys} and the device nodes obey their owner.
 * An outer bubblewrap opens the way to the run's folder, which only root may go, then everything is given up, and the
 * sandbox proper is made by the new user.
 */
final class StepDown {
    /** No distribution or container tool gives out numbers of this range. */
    private static final int FIRST_USER = 2_000_000_000;

    private static final int USERS = 100_000_000;

    private final Path setpriv;
    private final AtomicLong used = new AtomicLong(ProcessHandle.current().pid() * 1000L);

    private StepDown(Path setpriv) {
        this.setpriv = setpriv;
    }

    /** Empty when the gateway is not root, or only so in a container's user namespace. */
    static Optional<StepDown> ifRoot() throws IOException {
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)
                && Files.readString(Path.of("/proc/self/uid_map")).strip().matches("(?s)0\\s+0\\s.*");
        if (!root) {
            return Optional.empty();
        }
        Path setpriv = HostCommand.find("setpriv")
                .orElseThrow(() -> new SandboxUnavailableException(
                        "setpriv", "not found; a gateway that runs as root needs it (util-linux)"));
        return Optional.of(new StepDown(setpriv));
    }

    /** Gives a run's folder to a new user, unless it has one, and says how to become that. */
    List<String> command(BubblewrapProgram bwrap, RunFolder folder, List<Path> alsoNeeded) throws IOException {
        int number = folder.owner();
        if (number < FIRST_USER) {
            number = FIRST_USER + Math.floorMod(used.getAndIncrement(), USERS);
            folder.giveTo(number);
        }
        // The outer one's end is not told to the inner one, which is another user's: only a namespace takes it along.
        List<String> command = new ArrayList<>(List.of(bwrap.path().toString(), "--die-with-parent", "--unshare-pid"));
        command.addAll(List.of("--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"));
        command.addAll(List.of("--cap-add", "CAP_SETPCAP", "--dev-bind", "/", "/"));
        List<Path> needed = new ArrayList<>(alsoNeeded);
        needed.add(folder.path());
        openTheWay(command, needed);
        String user = Integer.toString(number);
        command.addAll(List.of("--", setpriv.toString(), "--reuid", user, "--regid", user, "--clear-groups"));
        command.addAll(List.of("--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all"));
        return command;
    }

    /** Covers each folder on the way that others may not pass by an empty one, with only what is needed in it. */
    private static void openTheWay(List<String> command, List<Path> needed) throws IOException {
        Set<Path> closed = new LinkedHashSet<>();
        Set<Path> between = new LinkedHashSet<>();
        Set<Path> behind = new LinkedHashSet<>();
        for (Path path : needed) {
            Optional<Path> barrier = barrierBefore(path);
            if (barrier.isPresent()) {
                closed.add(barrier.get());
                for (int names = barrier.get().getNameCount() + 1; names < path.getNameCount(); names++) {
                    between.add(beginning(path, names));
                }
                behind.add(path);
            }
        }
        closed.forEach(folder -> command.addAll(List.of("--tmpfs", folder.toString())));
        between.forEach(folder -> command.addAll(List.of("--dir", folder.toString())));
        behind.forEach(path -> command.addAll(List.of("--bind", path.toString(), path.toString())));
    }

    private static Optional<Path> barrierBefore(Path path) throws IOException {
        for (int names = 1; names < path.getNameCount(); names++) {
            Path on = beginning(path, names);
            if (!Files.getPosixFilePermissions(on).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return Optional.of(on);
            }
        }
        return Optional.empty();
    }

    private static Path beginning(Path path, int names) {
        return Path.of("/").resolve(path.subpath(0, names));
    }
}
