package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.Isolation;
import io.sallyport.builds.executor.JobOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sandbox of bubblewrap's (bwrap(1)) for each job: namespaces of its own for users, processes, files, host name,
 * System V IPC, control groups and, unless allowed, network; no capabilities, no way to new privileges, no terminal.
 */
final class Bubblewrap implements Confinement {
    private static final Path WORKSPACE = Path.of("/build");
    private static final Path HOME = Path.of("/home/build");
    private static final Path TMP = Path.of("/tmp");
    private static final Path TALK = Path.of("/run/sallyport");
    private static final Path FILES = Path.of("/run/secrets");
    private static final String USER = "1000";
    private static final Path NOTHING = Path.of("/dev/null");
    /** They tell of keyrings, which are no namespace's. */
    private static final List<Path> KEYS = List.of(Path.of("/proc/keys"), Path.of("/proc/key-users"));

    private final ProcessSettings settings;
    private final BubblewrapProgram program;
    private final SystemView view;
    private final Optional<Path> filter;
    private final Optional<Path> setsid;
    private final Optional<StepDown> stepDown;

    /**
     * A sandbox that was not tried yet.
     *
     * @param filter of system calls, a program for the kernel
     * @param stepDown from root to a user that owns nothing, where the gateway runs as root
     */
    Bubblewrap(
            ProcessSettings settings,
            BubblewrapProgram program,
            SystemView view,
            Optional<Path> filter,
            Optional<Path> setsid,
            Optional<StepDown> stepDown) {
        this.settings = settings;
        this.program = program;
        this.view = view;
        this.filter = filter;
        this.setsid = setsid;
        this.stepDown = stepDown;
    }

    @Override
    public Isolation isolation() {
        List<String> enforced = new ArrayList<>(
                List.of("files", "processes", "users", "capabilities", "ipc", "hostname", "terminal", "pids"));
        if (!settings.network()) {
            enforced.add("network");
        }
        if (program.endsUserNamespaces()) {
            enforced.add("namespaces");
        }
        if (filter.isPresent()) {
            enforced.add("keyrings");
        }
        return new Isolation("bubblewrap", List.copyOf(enforced), List.of());
    }

    @Override
    public Places places(RunFolder folder) {
        return new Places(
                WORKSPACE,
                HOME,
                TMP,
                TALK.resolve(folder.ask().getFileName()),
                TALK.resolve(folder.answer().getFileName()),
                FILES);
    }

    @Override
    public int processes() {
        return settings.limits().processes();
    }

    @Override
    public ProcessBuilder confine(RunFolder folder) throws IOException {
        if (!program.limitsMemoryFiles()) {
            folder.renewFiles();
        }
        List<String> command = new ArrayList<>();
        // Bubblewrap takes the filter from an open file, and Java opens none for those that it starts.
        filter.ifPresent(
                file -> command.addAll(List.of("/bin/sh", "-c", "exec 3<\"$0\" && exec \"$@\"", file.toString())));
        // In a session of its own, a Ctrl-C in the gateway's terminal does not end builds.
        setsid.ifPresent(found -> command.add(found.toString()));
        if (stepDown.isPresent()) {
            List<Path> sources = new ArrayList<>(settings.readOnlyPaths());
            sources.add(view.made());
            command.addAll(stepDown.get().command(program, folder, sources));
        }
        command.add(program.path().toString());
        namespaces(command);
        files(command, folder);
        command.addAll(List.of("--chdir", WORKSPACE.toString(), "--", "/bin/sh"));
        return new ProcessBuilder(command).directory(Path.of("/").toFile());
    }

    private void namespaces(List<String> command) {
        command.addAll(List.of("--unshare-user", "--uid", USER, "--gid", USER, "--unshare-pid", "--unshare-ipc"));
        command.addAll(List.of("--unshare-uts", "--hostname", "build", "--unshare-cgroup-try"));
        if (!settings.network()) {
            command.add("--unshare-net");
        }
        if (program.endsUserNamespaces()) {
            command.add("--disable-userns");
        }
        if (filter.isPresent()) {
            command.addAll(List.of("--seccomp", "3"));
        }
        // A new session has no terminal into which input could be forged (TIOCSTI).
        command.addAll(List.of("--die-with-parent", "--new-session", "--cap-drop", "ALL"));
    }

    private void files(List<String> command, RunFolder folder) {
        command.addAll(view.options());
        command.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        KEYS.stream().filter(Files::exists).forEach(keys -> bind(command, "--ro-bind", NOTHING, keys));
        if (program.limitsMemoryFiles()) {
            String size = Long.toString(settings.limits().sharedMemoryBytes());
            command.addAll(List.of("--size", size, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"));
        }
        bind(command, "--bind", folder.tmp(), TMP);
        bind(command, "--bind", folder.home(), HOME);
        bind(command, "--bind", folder.workspace(), WORKSPACE);
        bind(command, "--ro-bind", folder.talk(), TALK); // pipes can be written to all the same
        filesOfVariables(command, folder);
        settings.readOnlyPaths().forEach(path -> bind(command, "--ro-bind", path, path));
        command.addAll(List.of("--symlink", TMP.toString(), "/var/tmp", "--remount-ro", "/"));
    }

    /** In memory where that can be bounded: twice of what may be there, as each file takes whole pages. */
    private void filesOfVariables(List<String> command, RunFolder folder) {
        if (program.limitsMemoryFiles()) {
            String size = Integer.toString(2 * JobOrder.FILE_BYTES);
            command.addAll(List.of("--perms", "0700", "--size", size, "--tmpfs", FILES.toString()));
        } else {
            bind(command, "--bind", folder.files(), FILES);
        }
    }

    private static void bind(List<String> command, String how, Path source, Path place) {
        command.addAll(List.of(how, source.toString(), place.toString()));
    }

    @Override
    public Family family(HostProcess launched, RunFolder folder, String mark) throws IOException {
        List<HostProcess> firsts = ProcessTable.firstsOfNamespacesBelow(launched);
        if (firsts.isEmpty()) {
            throw new IOException("the sandbox has no process namespace of its own");
        }
        HostProcess innermost = firsts.getLast();
        HostProcess shell = ProcessTable.below(innermost).stream()
                .filter(each -> each.parent() == innermost.pid())
                .findFirst()
                .orElseThrow(() -> new IOException("the sandbox has no shell"));
        return new NamespaceFamily(firsts.getFirst(), innermost, shell);
    }
}
