package io.sallyport.e2e.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The packaged client.
 *
 * @param ssh how the user's own ssh gets to the gateway
 * @param transport what it connects by
 * @param home the user's folder, with their caches
 * @param folder that it runs in
 */
record Sally(Ssh ssh, Transport transport, Path home, Path folder) {
    /** Its ways to a gateway. */
    enum Transport {
        SSH,
        BUILT_IN
    }

    /** A client of one person, who works on a project in a folder of their own. */
    static Sally of(Ssh ssh, Path work) throws IOException {
        Path home = Files.createTempDirectory(work, "sally");
        return new Sally(ssh, Transport.SSH, home, Files.createDirectory(home.resolve("checkout")));
    }

    /** The same client with another transport. */
    Sally by(Transport other) {
        return new Sally(ssh, other, home, folder);
    }

    Outcome run(String... words) throws IOException, InterruptedException {
        return program(words).run();
    }

    Outcome run(byte[] input, String... words) throws IOException, InterruptedException {
        return program(words).run(input);
    }

    Running start(String... words) throws IOException {
        return program(words).start();
    }

    /** The command line; the project is web. */
    Program program(String... words) throws IOException {
        Program bare = Program.of(
                        "env",
                        "HOME=" + home,
                        "XDG_CACHE_HOME=" + home.resolve("cache"),
                        "SALLY_HOST=127.0.0.1",
                        "SALLY_PROJECT=web")
                .in(folder);
        String sally = GatewayProcess.repository().resolve("sally").toString();
        return switch (transport) {
            case SSH -> bare.with("SALLY_SSH=" + sshProgram(), sally).with(words);
            case BUILT_IN ->
                bare.with("SALLY_TRANSPORT=built-in", sally)
                        .with(settings().toArray(String[]::new))
                        .with(words);
        };
    }

    /** A script that plays ssh: its words have blanks in them, which SALLY_SSH does not take. */
    Path sshProgram() throws IOException {
        List<String> line = ssh.program("").words();
        Path file = home.resolve("ssh");
        StringBuilder script = new StringBuilder("#!/bin/sh\nexec");
        for (String word : line.subList(0, line.size() - 1)) {
            script.append(" '").append(word).append('\'');
        }
        Files.writeString(file, script + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private List<String> settings() {
        List<String> words = new ArrayList<>(List.of(
                "-p", Integer.toString(ssh.port().getAsInt()), "-i", ssh.key().toString()));
        for (String setting : List.of(
                "BatchMode=yes",
                "IdentitiesOnly=yes",
                "IdentityAgent=none",
                "HostKeyAlias=" + Ssh.HOST,
                "UserKnownHostsFile=" + ssh.knownHosts(),
                "GlobalKnownHostsFile=none")) {
            words.addAll(List.of("-o", setting));
        }
        return words;
    }

    /** Writes a file of the checkout. */
    Sally file(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }
}
