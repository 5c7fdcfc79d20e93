package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an auditor reads of a gateway that has built something. */
class MetricsIT {
    private static final Path REPOSITORY = GatewayProcess.repository();
    private static final Pattern TYPE = Pattern.compile("# TYPE (sallyport_\\w+) (\\w+)");

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.queue: 1");

    private static Ssh auditor;
    private static String used;

    @TempDir
    Path folder;

    @BeforeAll
    static void use() throws Exception {
        gateway.projects("web");
        auditor = gateway.user("eve", "auditor");
        Source source = Source.script("echo hello > app").also("artifacts: {paths: [app]}\n");
        gateway.admin().run("submit web follow=true", source.tar()).ok();
        gateway.admin()
                .run("submit web follow=true", Source.script("exit 3").tar())
                .exits(1);
        gateway.admin().run("GET /builds/999").exits(66);
        gateway.admin().run("GET /nowhere").exits(66);
        Await.until(
                "all is counted",
                () -> text().contains("sallyport_builds_ended_total{project=\"web\",state=\"failed\"}"));
        used = text();
        fillTheQueue();
    }

    /** Shows what waits, and that a limit was reached. */
    private static void fillTheQueue() throws Exception {
        gateway.projects("slow");
        Ssh admin = gateway.admin();
        byte[] slow = Source.script("sleep 60").tar();
        List<Long> builds = new ArrayList<>();
        try {
            for (int running = 0; running < 2; running++) {
                long build = Json.line(admin.run("submit slow", slow).ok().text())
                        .path("id")
                        .asLong();
                builds.add(build);
                Await.until(
                        "build " + build + " runs",
                        () -> Json.line(admin.run("show " + build).ok().text())
                                .path("state")
                                .asText()
                                .equals("running"));
            }
            builds.add(Json.line(admin.run("submit slow", slow).ok().text())
                    .path("id")
                    .asLong());
            admin.run("submit slow", slow).problem(429);
            assertTrue(text().contains("\nsallyport_queue_builds{project=\"slow\"} 1.0\n"), text());
            assertTrue(text().contains("\nsallyport_queue_builds{project=\"web\"} 0.0\n"), text());
            assertTrue(value("sallyport_queue_oldest_seconds{project=\"slow\"} ") > 0);
            assertTrue(text().contains("\nsallyport_limit_hits_total{limit=\"queue-full\"} 1.0\n"), text());
        } finally {
            for (long build : builds.reversed()) {
                admin.run("cancel " + build).ok();
                admin.ended(build);
            }
        }
    }

    @Test
    void whatWasDoneIsCounted() {
        counted("sallyport_builds_queued_total{project=\"web\"} 2.0");
        counted("sallyport_builds_ended_total{project=\"web\",state=\"succeeded\"} 1.0");
        counted("sallyport_builds_ended_total{project=\"web\",state=\"failed\"} 1.0");
        counted("sallyport_jobs_ended_total{project=\"web\",state=\"failed\"} 1.0");
        counted("sallyport_build_wait_seconds_count{project=\"web\"} 2");
        counted("sallyport_build_duration_seconds_count{project=\"web\"} 2");
        counted("sallyport_requests_total{route=\"POST /projects/{p}/builds\",status=\"202\",surface=\"exec\"} 2.0");
        counted("sallyport_requests_total{route=\"GET /builds/{id}\",status=\"404\",surface=\"exec\"} 1.0");
        counted("sallyport_requests_total{route=\"\",status=\"404\",surface=\"exec\"} 1.0");
        counted("sallyport_executor_step_seconds_count{executor=\"process\",step=\"start\"} 2");
        counted("sallyport_executor_step_seconds_count{executor=\"process\",step=\"remove\"} 2");
        counted("sallyport_places 2.0");
        counted("sallyport_read_only 0.0");
        counted("sallyport_connections 1.0");
    }

    /** OpenMetrics 1.0: every family has a type and a help, all samples of it follow, and the last line says that it is. */
    @Test
    void itIsOpenMetrics() throws Exception {
        List<String> lines = text().lines().toList();
        assertEquals("# EOF", lines.getLast());
        String family = "";
        for (String line : lines.subList(0, lines.size() - 1)) {
            if (line.startsWith("# TYPE ")) {
                family = line.split(" ")[2];
            } else if (line.startsWith("# ")) {
                assertEquals(family, line.split(" ")[2], line);
            } else {
                assertTrue(line.startsWith(family) && line.matches("[a-z_]+(\\{.*\\})? [-+.0-9Ena-zI]+"), line);
            }
        }
    }

    @Test
    void itsPageNamesAllOfThem() throws Exception {
        String page = Files.readString(REPOSITORY.resolve("docs/metrics.md"));
        Set<String> documented = Pattern.compile("(?m)^\\| `(sallyport_\\w+)")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(families(), documented);
    }

    @Test
    void theExampleOfThePageShowsWhatItSays() throws Exception {
        String page = Files.readString(REPOSITORY.resolve("docs/metrics.md"));
        Matcher example = Pattern.compile("GET /metrics \\| grep '([^']+)'\n((?:sallyport_.*\n)+)")
                .matcher(page);
        assertTrue(example.find(), page);
        Pattern wanted = Pattern.compile(example.group(1));
        assertEquals(series(line -> true, example.group(2)), series(wanted.asPredicate(), used));
    }

    private static List<String> series(Predicate<String> wanted, String text) {
        return text.lines()
                .filter(wanted)
                .map(line -> line.replaceFirst(" .*", ""))
                .toList();
    }

    /** A board that asks for something else would show empty pictures. */
    @Test
    void theBoardAsksForWhatThereIs() throws Exception {
        JsonNode board = Json.document(Files.readString(REPOSITORY.resolve("examples/metrics/grafana.json")));
        Set<String> families = families();
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : board.path("panels")) {
            assertTrue(ids.add(panel.path("id").asInt()), "two panels of one number");
            for (JsonNode target : panel.path("targets")) {
                Pattern.compile("sallyport_\\w+")
                        .matcher(target.path("expr").asText())
                        .results()
                        .map(match -> match.group().replaceFirst("_(total|bucket|info)$", ""))
                        .forEach(asked -> assertTrue(families.contains(asked), asked));
            }
        }
        assertTrue(ids.size() > 10, ids.toString());
    }

    @Test
    void theExampleWritesAWholeFileOrNone() throws Exception {
        Path file = folder.resolve("sallyport.prom");
        List<String> ssh = auditor.program("").words();
        String options = String.join(" ", ssh.subList(1, ssh.size() - 1));
        String scrape = REPOSITORY.resolve("examples/metrics/scrape").toString();

        Program.of("env", "SSH_OPTIONS=" + options, scrape, ssh.getLast(), file.toString())
                .run()
                .ok();
        assertTrue(Files.readString(file).endsWith("\n# EOF\n"));

        String before = Files.readString(file);
        Program.of("env", "SSH_OPTIONS=-p 1 " + options, scrape, ssh.getLast(), file.toString())
                .run()
                .exits(255);
        assertEquals(before, Files.readString(file));
        try (var left = Files.list(folder)) {
            assertEquals(1, left.count());
        }
    }

    private static Set<String> families() throws Exception {
        return TYPE.matcher(text())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text() throws Exception {
        return auditor.run("GET /metrics").ok().text();
    }

    private static void counted(String line) {
        assertTrue(used.contains("\n" + line + "\n"), () -> "no " + line + " in " + used);
    }

    private static double value(String begin) throws Exception {
        return text().lines()
                .filter(line -> line.startsWith(begin))
                .mapToDouble(line -> Double.parseDouble(line.substring(begin.length())))
                .findFirst()
                .orElseThrow();
    }
}
