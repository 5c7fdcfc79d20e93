package io.sallyport.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The heap of another JVM on this machine. */
final class Heap {
    private Heap() {}

    /** Bytes of all objects that are alive, counted after a full collection. */
    static long inUse(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        String histogram = Programs.output(List.of(jcmd.toString(), String.valueOf(pid), "GC.class_histogram"));
        String total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(total.strip().split(" +")[2]);
    }
}
