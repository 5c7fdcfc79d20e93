import io.sallyport.client.Artifact;
import io.sallyport.client.ClientException;
import io.sallyport.client.Request;
import io.sallyport.client.SallyClient;
import io.sallyport.client.SshProgram;
import io.sallyport.client.SshTarget;
import io.sallyport.client.Submission;
import io.sallyport.client.source.TreeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Builds a folder on a gateway and fetches what has come of it: all that a program needs of the library.
 *
 * <pre>java -cp 'client-cli/target/sally/lib/*' examples/library/BuildHere.java HOST PORT PROJECT FOLDER INTO</pre>
 *
 * <p>The gateway is reached by the user's ssh program, or by what SALLY_SSH names. The exit status is the build's.
 */
public final class BuildHere {
    public static void main(String[] args) throws Exception {
        String ssh = System.getenv().getOrDefault("SALLY_SSH", "ssh");
        SshTarget target =
                new SshTarget(List.of(ssh), args[0], OptionalInt.of(Integer.parseInt(args[1])), List.of(), List.of());
        String project = args[2];
        Path folder = Path.of(args[3]);
        Path into = Files.createDirectories(Path.of(args[4]));
        Path caches = Path.of(System.getProperty("java.io.tmpdir"), "build-here");
        try (SallyClient gateway = SallyClient.over(new SshProgram(target))) {
            // Only what the project lacks is sent. With a key of its own it is one build, however often it must be asked for.
            Submission submission = new Submission(
                    project,
                    Map.of("labels.by", "BuildHere", "idempotency-key", UUID.randomUUID().toString()),
                    TreeSource.of(folder, caches, args[0] + " " + args[1] + " " + project),
                    Optional.empty());
            long build = gateway.submit(submission).document().path("id").asLong();
            System.out.println("build " + build);

            // Events come each once, also over lost connections; calls like this one suit a virtual thread.
            Thread watcher = Thread.startVirtualThread(() -> watch(gateway, project, build));
            int result = gateway.await(build).status();
            watcher.join();

            for (Artifact artifact : gateway.artifacts(build)) {
                // Whole and checked, or not at all.
                gateway.fetch(build, artifact, into.resolve(Path.of(artifact.path()).getFileName()));
                System.out.println(artifact.path() + " " + artifact.size() + " bytes");
            }
            System.exit(result);
        } catch (ClientException e) {
            // One sentence that says what is wrong and what to do next.
            System.err.println(e.getMessage());
            System.exit(70);
        }
    }

    private static void watch(SallyClient gateway, String project, long build) {
        Request events = Request.of("GET", "/events").with("project", project).with("type", "job.*,build.ended");
        try {
            gateway.events(events.with("follow", "true"), "", event -> {
                if (event.path("build").asLong() == build) {
                    System.out.println(event.path("type").asText() + " " + event.path("state").asText());
                    if (event.path("type").asText().equals("build.ended")) {
                        throw new Ended();
                    }
                }
            });
        } catch (Ended all) {
            // Nothing more is wanted.
        } catch (Exception e) {
            System.err.println("no events: " + e.getMessage());
        }
    }

    /** Ends the reading of events. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
