package io.sallyport.builds.executor.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Processes among all others of the machine. A member was started after the first and is below it, in its session, has
 * the run's mark in its environment, or a file of the run's folder open or as its working directory. One that gave up
 * all of these is not found.
 *
 * @param launched the first
 * @param folder of the run
 * @param mark of the run, as it stands in an environment
 */
record MarkedFamily(HostProcess launched, Path folder, String mark) implements Family {
    @Override
    public List<HostProcess> members() {
        List<HostProcess> all = ProcessTable.all();
        Set<Long> below = new HashSet<>();
        below.add(launched.pid());
        ProcessTable.below(launched).forEach(each -> below.add(each.pid()));
        long self = ProcessHandle.current().pid();
        return all.stream()
                .filter(each -> each.start() >= launched.start() && each.pid() != self)
                .filter(each -> below.contains(each.pid())
                        || each.session() == launched.pid()
                        || isMarked(each, mark)
                        // A child of the gateway's that is just being started still holds all its files.
                        || (each.parent() != self && isIn(each)))
                .toList();
    }

    @Override
    public void kill() {
        members().forEach(HostProcess::kill);
    }

    @Override
    public boolean shellLives() {
        return launched.lives();
    }

    @Override
    public boolean gone() {
        return members().isEmpty();
    }

    /** Whether a process was started with a variable, given as {@code NAME=beginning of its value}. */
    static boolean isMarked(HostProcess process, String mark) {
        try {
            String environment = Files.readString(process.folder().resolve("environ"), StandardCharsets.ISO_8859_1);
            return environment.startsWith(mark) || environment.contains("\0" + mark);
        } catch (IOException e) {
            return false; // gone, or another user's
        }
    }

    private boolean isIn(HostProcess process) {
        if (leadsToRun(process.folder().resolve("cwd"))) {
            return true;
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(process.folder().resolve("fd"), this::leadsToRun)) {
            return files.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException e) {
            return false; // gone, or another user's
        }
    }

    private boolean leadsToRun(Path link) {
        try {
            return Files.readSymbolicLink(link).startsWith(folder);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
