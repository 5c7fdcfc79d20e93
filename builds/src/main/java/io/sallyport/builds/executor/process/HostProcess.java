package io.sallyport.builds.executor.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process of the host as {@code /proc/PID/stat} tells (proc_pid_stat(5)). Number and start together never come
 * again.
 *
 * @param pid its number in the gateway's own process namespace
 * @param parent its parent's number
 * @param session its session's number
 * @param state the letter; {@code Z} is dead, its end just not yet taken note of
 * @param start in clock ticks since the machine's start
 */
record HostProcess(long pid, long parent, long session, char state, long start) {
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int START = 19;

    /** The process of that number; empty when there is none. */
    static Optional<HostProcess> of(long pid) {
        try {
            String stat = Files.readString(folder(pid).resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(new HostProcess(
                    pid,
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[SESSION]),
                    fields[STATE].charAt(0),
                    Long.parseLong(fields[START])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it still is, and not as a zombie. The first process of a namespace is one only after all others. */
    boolean lives() {
        return of(pid).filter(now -> now.start == start && !now.dead()).isPresent();
    }

    boolean dead() {
        return state == 'Z' || state == 'X';
    }

    /** SIGTERM. Nothing happens when it is gone or not ours. */
    void terminate() {
        if (lives()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    /** SIGKILL. Nothing happens when it is gone or not ours. */
    void kill() {
        if (lives()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    Path folder() {
        return folder(pid);
    }

    private static Path folder(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }
}
