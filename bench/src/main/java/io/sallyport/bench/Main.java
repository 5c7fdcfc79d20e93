package io.sallyport.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code bench/run}: measures and prints. */
public final class Main {
    private static final int USAGE = 64;

    private Main() {}

    /**
     * Measures as the words say; the first one is the folder of the repository.
     *
     * @throws IOException when a side cannot be started, or does not do what it is asked
     * @throws InterruptedException never, but when the thread is interrupted
     */
    public static void main(String[] words) throws IOException, InterruptedException {
        List<String> all = List.of(words);
        Options options;
        try {
            options = Options.of(all.subList(1, all.size()));
            unknown(options.only());
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.err.println("usage: bench/run [--quick] [--dir DIR] [--only NAME,…]   names: "
                    + String.join(", ", measures().keySet()));
            System.exit(USAGE);
            return;
        }
        try (Workplace place = Workplace.make(options.parent())) {
            System.out.println(Machine.facts(place));
            try (Contest contest = Contest.start(Path.of(all.getFirst()), place, options.effort())) {
                System.out.println(Table.of(rows(contest, options.only())));
            }
        }
    }

    /** All measures, in their order. */
    private static Map<String, Measure> measures() {
        Map<String, Measure> measures = new LinkedHashMap<>();
        measures.put("connect", new NewConnections());
        measures.put("request", new OpenConnection());
        Downloads downloads = new Downloads();
        measures.put("down", downloads::exec);
        measures.put("get", downloads::sftp);
        Uploads uploads = new Uploads();
        measures.put("up", uploads::exec);
        measures.put("put", uploads::sftp);
        measures.put("idle", new IdleConnections());
        measures.put("sessions", new IdleSessions());
        measures.put("channel", new OneChannel());
        measures.put("follow", new Followers());
        measures.put("job", new JobStart());
        measures.put("jobs", new ManyJobs());
        measures.put("container", new ContainerStart());
        measures.put("keys", new ManyKeys());
        measures.put("dashboard", new OpenDashboard());
        measures.put("submit", new Resubmission());
        measures.put("start", new Client()::start);
        return measures;
    }

    private static void unknown(List<String> only) {
        for (String name : only) {
            if (!measures().containsKey(name)) {
                throw new IllegalArgumentException("unknown measure '" + name + "'");
            }
        }
    }

    private static List<Row> rows(Contest contest, List<String> only) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Measure> measure : measures().entrySet()) {
            if (only.isEmpty() || only.contains(measure.getKey())) {
                System.err.println("measuring: " + measure.getKey());
                rows.addAll(measure.getValue().measure(contest));
            }
        }
        return rows;
    }
}
