package io.sallyport.client.source;

import io.sallyport.client.ClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The user's {@code git} program, asked about one folder. */
final class GitProgram {
    private static final List<String> ELSEWHERE =
            List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY");

    private final Path folder;

    GitProgram(Path folder) {
        this.folder = folder;
    }

    /**
     * What a run of git gave.
     *
     * @param status exit status; -1 when there is no git program
     * @param output all of standard output, a character for each byte
     * @param errors all of standard error
     */
    record Result(int status, String output, String errors) {
        /** The first line of the output; empty when git failed. */
        Optional<String> line() {
            String text = new String(output.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
            return status == 0 && !text.isEmpty() ? Optional.of(text) : Optional.empty();
        }
    }

    /** Runs git in the folder. */
    Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        // To a file, since a second pipe would want a second reader.
        Path errors = Files.createTempFile("sally-git", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            // A hook of git's runs with these set, and they may mean another checkout.
            builder.environment().keySet().removeAll(ELSEWHERE);
            // English: its words are read.
            builder.environment().put("LC_ALL", "C");
            return result(builder, errors);
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    /** As {@link #run}, where a failure is none of ours. */
    Result need(String... arguments) throws IOException, InterruptedException {
        Result result = run(arguments);
        if (result.status() != 0) {
            throw new ClientException.BadSource("git cannot read '" + folder + "': "
                    + result.errors().strip().replace('\n', ' '));
        }
        return result;
    }

    private static Result result(ProcessBuilder builder, Path errors) throws IOException, InterruptedException {
        Process process;
        try {
            process = builder.start();
        } catch (IOException noGit) {
            return new Result(-1, "", "there is no git program");
        }
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return new Result(process.waitFor(), output, Files.readString(errors, StandardCharsets.ISO_8859_1));
        } finally {
            process.destroy();
        }
    }
}
