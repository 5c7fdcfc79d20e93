package io.sallyport.client.cli;

import io.sallyport.client.Artifact;
import io.sallyport.client.Body;
import io.sallyport.client.ClientException;
import io.sallyport.client.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a build's artifacts are those that the gateway has signed for, by ssh-keygen and the build's manifest. */
final class EvidenceCheck {
    private static final List<String> FILES = List.of("manifest", "signature");

    private final Session session;
    private final long build;
    private final Optional<Path> signers;

    /**
     * Of a build.
     *
     * @param signers a file of allowed signers, as ssh-keygen reads it; else the gateway is asked for its key
     */
    EvidenceCheck(Session session, long build, Optional<Path> signers) {
        this.session = session;
        this.build = build;
        this.signers = signers;
    }

    /**
     * Checks the signature, and that the manifest has these artifacts.
     *
     * @throws ClientException.Unproven when one of both is not so
     */
    void verify(List<Artifact> artifacts) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("sally-evidence");
        try {
            for (String name : FILES) {
                fetch("/builds/" + build + "/" + name, folder.resolve(name));
            }
            Path trusted = signers.orElse(folder.resolve("signing-key"));
            if (signers.isEmpty()) {
                fetch("/signing-key", trusted);
            }
            verifySignature(folder, trusted);
            List<String> lines = Files.readAllLines(folder.resolve("manifest"), StandardCharsets.UTF_8);
            for (Artifact artifact : artifacts) {
                if (!lines.contains(artifact.sha256() + "  " + artifact.path())) {
                    throw new ClientException.Unproven(
                            "'" + artifact.path() + "' is not in the signed manifest of build " + build
                                    + " as it is listed: do not use it, and tell the gateway's operator");
                }
            }
        } finally {
            remove(folder);
        }
    }

    private void fetch(String path, Path file) throws IOException, InterruptedException {
        int status;
        try (OutputStream out = Files.newOutputStream(file)) {
            status = session.client().stream(Request.of("GET", path), Body.none(), out);
        }
        if (status != ExitStatus.OK) {
            throw new ClientException.Unproven(
                    "build " + build + " has no signature yet: wait for its end, 'sally wait " + build + "'");
        }
    }

    private void verifySignature(Path folder, Path trusted) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ssh-keygen", "-Y", "verify", "-f", trusted.toString()));
        command.addAll(List.of("-I", "sallyport", "-n", "sallyport-artifacts"));
        command.addAll(List.of("-s", folder.resolve("signature").toString()));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectInput(folder.resolve("manifest").toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new ClientException.BadSetting("--verify", "ssh-keygen cannot be run: install OpenSSH's client");
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new ClientException.Unproven("the signature of build " + build + " is not good (ssh-keygen: "
                    + said.replace('\n', ' ') + "): do not use its artifacts");
        }
        session.console().say(said);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
