package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import io.sallyport.bench.lean.OpenChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Requests over one channel of the subsystem, with access and audit on; client and gateway on the same machine. Beside it
 * {@code cat} behind sshd, which gives back lines that are as long as the gateway's answers, and does nothing else.
 */
final class OneChannel implements Measure {
    private static final int IN_FLIGHT = 32;
    private static final double PER_SECOND = 10_000;
    private static final double PER_SECOND_TOGETHER = 30_000;
    private static final double MILLIS = 1000;

    /** Writes the n-th line. */
    private interface Lines {
        String line(int n);
    }

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        long id = contest.build(Sources.of(contest.place(), "script: [\"true\"]\n"));
        int batch = 10 * contest.effort().requests();
        try (Connection connection = contest.gateway().connect();
                Connection other = contest.sshd().connect()) {
            OpenChannel gateway = connection.channel("subsystem", "sallyport");
            OpenChannel cat = other.channel("exec", "cat");
            Lines request = n -> "{\"id\":" + n + ",\"method\":\"GET\",\"path\":\"/builds/" + id + "\"}\n";
            gateway.send(bytes(request.line(0)));
            String answer = gateway.line();
            if (!answer.contains("\"status\":200")) {
                throw new IOException("not an answer: " + answer);
            }
            Lines echo = n -> answer + "\n";
            for (int i = 0; i < 5; i++) {
                run(gateway, request, batch, IN_FLIGHT); // until all of it is compiled
            }
            Medians alone = new Rounds()
                    .side(Medians.SSHD, () -> run(cat, echo, batch / 4, 1))
                    .side(Medians.GATEWAY, () -> run(gateway, request, batch / 4, 1))
                    .run(contest.effort().transfers());
            Medians together = new Rounds()
                    .side(Medians.SSHD, () -> run(cat, echo, batch, IN_FLIGHT))
                    .side(Medians.GATEWAY, () -> run(gateway, request, batch, IN_FLIGHT))
                    .run(contest.effort().transfers());
            return List.of(
                    alone.row("GET /builds/ID over one channel, one at a time", "1/s", new Goal.Floor(PER_SECOND)),
                    together.row("the same, " + IN_FLIGHT + " in flight", "1/s", new Goal.Floor(PER_SECOND_TOGETHER)));
        }
    }

    /** So many lines a second come back. */
    private static double run(OpenChannel channel, Lines lines, int count, int inFlight) throws IOException {
        long from = System.nanoTime();
        int sent = 0;
        int answered = 0;
        while (answered < count) {
            StringBuilder more = new StringBuilder();
            while (sent < count && sent - answered < inFlight) {
                more.append(lines.line(sent++));
            }
            if (!more.isEmpty()) {
                channel.send(bytes(more.toString()));
            }
            channel.line();
            answered++;
            while (answered < count && channel.hasLine()) {
                channel.line();
                answered++;
            }
        }
        return count * MILLIS / ((System.nanoTime() - from) / 1e6);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
