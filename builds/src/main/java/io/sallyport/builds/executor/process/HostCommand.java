package io.sallyport.builds.executor.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Short commands of the system's own that prepare a run, before anything of a job's runs. */
final class HostCommand {
    private static final int WORDS = 64 << 10;

    private HostCommand() {}

    /**
     * Runs one to its end.
     *
     * @return what it said, at most 64 KiB
     * @throws IOException when it is not there or fails, with its own words
     * @throws InterruptedException when the thread is interrupted; the command is ended then
     */
    static String run(Object... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        for (Object word : words) {
            command.add(word.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        Process process = builder.start();
        try {
            String said = new String(process.getInputStream().readNBytes(WORDS), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(command.getFirst() + " failed: " + said.strip());
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Where a program is: itself when it has a slash, else the first of that name on the gateway's PATH. */
    static Optional<Path> find(String program) {
        if (program.contains("/")) {
            return Optional.of(Path.of(program)).filter(Files::isExecutable);
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin");
        for (String folder : path.split(":")) {
            Path candidate = Path.of(folder).resolve(program);
            if (candidate.isAbsolute() && Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
