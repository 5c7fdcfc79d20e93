package io.sallyport.builds.executor.process;

import static io.sallyport.builds.executor.shell.ShellScript.quote;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.VisitOutput;
import io.sallyport.builds.executor.shell.VisitScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lets somebody in beside commands of a run. */
record VisitOpening(ProcessRun.House house, JobOrder order, Commands commands, RunFolder folder) {
    private static final int MARK_BYTES = 12;

    /**
     * Returns when they are there.
     *
     * @param family the processes of the job
     */
    ProcessVisit open(Entry entry, VisitOutput output, Family family) throws IOException, InterruptedException {
        byte[] chance = new byte[MARK_BYTES];
        house.random().nextBytes(chance);
        VisitMark mark = new VisitMark(HexFormat.of().formatHex(chance));
        VisitFolder made = folder.visit(mark);
        AtomicReference<@Nullable ProcessVisit> visit = new AtomicReference<>();
        VisitPipes pipes = null;
        boolean done = false;
        try {
            made.make(folder.owner());
            pipes = VisitPipes.open(made, house.random(), output, e -> closeOnFailure(visit.get()));
            ProcessVisit begun = ProcessVisit.begin(made, pipes, mark, family, text(entry, mark));
            visit.set(begun);
            done = true;
            return begun;
        } finally {
            if (!done && pipes == null) {
                made.remove();
            }
        }
    }

    private static void closeOnFailure(@Nullable ProcessVisit visit) {
        if (visit != null) {
            visit.close();
        }
    }

    private String text(Entry entry, VisitMark mark) {
        Places places = house.confinement().places(folder);
        Path seen = places.ask().resolveSibling(mark.value());
        Map<String, String> environment = new TreeMap<>(places.environment(order, commands));
        String program = switch (entry) {
            case Entry.Port port -> VisitScript.port(port.number());
            case Entry.Shell shell -> {
                environment.putAll(shell.environment());
                yield shell.terminal().map(size -> terminal(size, seen)).orElseGet(VisitScript::plainShell);
            }
        };
        // Found before the job's variables say where programs are. What a shell has put into the background is deaf to
        // Ctrl-C, for good as far as shells go.
        return "command echo 1<>" + quote(seen.resolve("code")) + "\nSALLYPORT_SCRIPT=$(command -v script)\n"
                + "SALLYPORT_HEARING=\"$(command -v env) --default-signal=INT,QUIT\"\n"
                + "$SALLYPORT_HEARING true 2>/dev/null || SALLYPORT_HEARING=\n"
                + VisitScript.text(places.workspace(), environment, program);
    }

    /**
     * A terminal is made by script(1), within the sandbox: one of the gateway's own would be none that the job can see. Beside
     * the shell waits what sets its size.
     */
    private static String terminal(Entry.Terminal size, Path seen) {
        String inner = VisitScript.size(size) + "exec 3<&0\n"
                + "( while read -r LINES COLUMNS; do stty rows \"$LINES\" cols \"$COLUMNS\" <&3; done 0<>"
                + quote(seen.resolve("size")) + " ) >/dev/null 2>&1 &\nexec 3<&-\n" + VisitScript.interactiveShell();
        return "if [ -n \"$SALLYPORT_SCRIPT\" ]; then\nSHELL=/bin/sh exec $SALLYPORT_HEARING \"$SALLYPORT_SCRIPT\" -q -e -c "
                + quote(inner) + " /dev/null\nfi\n"
                + "echo 'there is no terminal here: the gateway needs script(1) for that' >&2\nexec /bin/sh -i\n";
    }
}
