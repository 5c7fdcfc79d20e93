import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.ClientException;
import io.sallyport.client.Request;
import io.sallyport.client.SshProgram;
import io.sallyport.client.SshTarget;
import io.sallyport.client.Subsystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Shows the builds of a project as they run, each line of a log with the number of its build: events, logs and questions
 * at the same time over one channel.
 *
 * <pre>java -cp 'client-cli/target/sally/lib/*' examples/clients/Watch.java HOST PORT PROJECT [BUILDS]</pre>
 *
 * <p>Ends when as many builds have ended; without a number it goes on. The gateway is reached by the user's ssh program, or by
 * what SALLY_SSH names.
 */
public final class Watch {
    public static void main(String[] args) throws Exception {
        String ssh = System.getenv().getOrDefault("SALLY_SSH", "ssh");
        SshTarget target =
                new SshTarget(List.of(ssh), args[0], OptionalInt.of(Integer.parseInt(args[1])), List.of(), List.of());
        int builds = args.length > 3 ? Integer.parseInt(args[3]) : Integer.MAX_VALUE;
        try (SshProgram transport = new SshProgram(target);
                Subsystem gateway = Subsystem.open(transport)) {
            watch(gateway, args[2], builds);
        } catch (ClientException e) {
            System.err.println(e.getMessage());
            System.exit(70);
        }
    }

    private static void watch(Subsystem gateway, String project, int builds) throws Exception {
        Request wanted = Request.of("GET", "/events")
                .with("project", project)
                .with("type", "build.started,build.ended")
                .with("follow", "true");
        List<Thread> logs = new ArrayList<>();
        try (Subsystem.Items events = gateway.stream(wanted)) {
            System.out.println("watching " + project);
            int ended = 0;
            for (Optional<JsonNode> event = events.next(); event.isPresent(); event = events.next()) {
                long build = event.get().path("build").asLong();
                if (event.get().path("type").asText().equals("build.started")) {
                    logs.add(Thread.startVirtualThread(() -> log(gateway, build)));
                } else if (++ended == builds) {
                    break;
                }
            }
        }
        for (Thread log : logs) {
            log.join();
        }
    }

    private static void log(Subsystem gateway, long build) {
        Request request = Request.of("GET", "/builds/" + build + "/log").with("follow", "true");
        try (Subsystem.Items records = gateway.stream(request)) {
            for (Optional<JsonNode> record = records.next(); record.isPresent(); record = records.next()) {
                System.out.print(record.get().path("end").asBoolean() ? "" : build + " | " + record.get().path("text").asText());
            }
            // Other requests go on beside the streams.
            JsonNode ended = gateway.ask(Request.of("GET", "/builds/" + build)).orElseThrow();
            System.out.println(build + " " + ended.path("state").asText());
        } catch (ClientException e) {
            System.err.println("build " + build + ": " + e.getMessage());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
