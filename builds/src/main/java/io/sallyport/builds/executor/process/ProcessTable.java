package io.sallyport.builds.executor.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes that {@code /proc} shows at this moment. */
final class ProcessTable {
    private ProcessTable() {}

    /** All that live. */
    static List<HostProcess> all() {
        List<HostProcess> found = new ArrayList<>();
        try (DirectoryStream<Path> numbers = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path number : numbers) {
                HostProcess.of(Long.parseLong(number.getFileName().toString()))
                        .filter(each -> !each.dead())
                        .ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("/proc cannot be read", e);
        }
        return found;
    }

    /** All that live below a process, children before their own. */
    static List<HostProcess> below(HostProcess root) {
        var byParent = all().stream().collect(Collectors.groupingBy(HostProcess::parent));
        List<HostProcess> found = new ArrayList<>();
        Deque<Long> open = new ArrayDeque<>(List.of(root.pid()));
        while (!open.isEmpty()) {
            for (HostProcess child : byParent.getOrDefault(open.remove(), List.of())) {
                found.add(child);
                open.add(child.pid());
            }
        }
        return found;
    }

    /** The first processes of all process namespaces that were made below a process, outermost first. */
    static List<HostProcess> firstsOfNamespacesBelow(HostProcess root) {
        List<HostProcess> found = new ArrayList<>();
        Deque<HostProcess> open = new ArrayDeque<>(children(root));
        while (!open.isEmpty()) {
            HostProcess next = open.remove();
            if (isFirst(next)) {
                found.add(next);
            }
            open.addAll(children(next));
        }
        return found;
    }

    /** Its number in the innermost of several namespaces is 1 (proc_pid_status(5), NSpid). */
    private static boolean isFirst(HostProcess process) {
        try (Stream<String> lines = Files.lines(process.folder().resolve("status"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("NSpid:"))
                    .map(line -> line.split("\\s+"))
                    .anyMatch(numbers -> numbers.length > 2 && numbers[numbers.length - 1].equals("1"));
        } catch (IOException | UncheckedIOException e) {
            return false; // gone meanwhile
        }
    }

    /** What a process's first thread has started: all children of a program that has but one. */
    private static List<HostProcess> children(HostProcess parent) {
        Path list = parent.folder()
                .resolve("task")
                .resolve(Long.toString(parent.pid()))
                .resolve("children");
        List<HostProcess> found = new ArrayList<>();
        try {
            for (String number : Files.readString(list).split(" ")) {
                if (!number.isBlank()) {
                    HostProcess.of(Long.parseLong(number.strip())).ifPresent(found::add);
                }
            }
        } catch (IOException e) { // gone, or a kernel without CONFIG_PROC_CHILDREN
            all().stream().filter(each -> each.parent() == parent.pid()).forEach(found::add);
        }
        return found;
    }
}
