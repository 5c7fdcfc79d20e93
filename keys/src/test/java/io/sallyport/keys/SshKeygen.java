package io.sallyport.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real ssh-keygen. */
record SshKeygen(Path folder) {
    /** Makes a key pair; returns the line of the public key, without line end. */
    String publicKey(String name, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("-q", "-N", "", "-f", name));
        words.addAll(List.of(options));
        run(words.toArray(String[]::new));
        return Files.readString(folder.resolve(name + ".pub")).strip();
    }

    /** The fingerprint that ssh-keygen prints of a line. */
    String fingerprint(String line) throws IOException {
        Path file = Files.createTempFile(folder, "key", ".pub");
        Files.writeString(file, line + "\n");
        return run("-l", "-f", file.toString()).split(" ")[1];
    }

    /** Runs it; returns standard output. */
    String run(String... options) throws IOException {
        return run(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()), options);
    }

    /** Runs it with a file of the folder on standard input; returns standard output. */
    String runWithInput(String name, String... options) throws IOException {
        return run(ProcessBuilder.Redirect.from(folder.resolve(name).toFile()), options);
    }

    private String run(ProcessBuilder.Redirect input, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("ssh-keygen"));
        words.addAll(List.of(options));
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(input)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException(words + " ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        return out.strip();
    }
}
