package io.sallyport.e2e.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The packaged client, over the user's own ssh.
 *
 * @param ssh how it gets to the gateway
 * @param home the user's folder, with their caches
 * @param folder that it runs in
 */
record Sally(Ssh ssh, Path home, Path folder) {
    /** A client of one person, who works on a project in a folder of their own. */
    static Sally of(Ssh ssh, Path work) throws IOException {
        Path home = Files.createTempDirectory(work, "sally");
        return new Sally(ssh, home, Files.createDirectory(home.resolve("checkout")));
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
        List<String> line = ssh.program("").words();
        Path settings = home.resolve("ssh");
        // Its words have blanks in them, which SALLY_SSH does not take.
        StringBuilder script = new StringBuilder("#!/bin/sh\nexec");
        for (String word : line.subList(0, line.size() - 1)) {
            script.append(" '").append(word).append('\'');
        }
        Files.writeString(settings, script + " \"$@\"\n");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rwx------"));
        return Program.of(
                        "env",
                        "HOME=" + home,
                        "XDG_CACHE_HOME=" + home.resolve("cache"),
                        "SALLY_SSH=" + settings,
                        "SALLY_HOST=127.0.0.1",
                        "SALLY_PROJECT=web",
                        GatewayProcess.repository().resolve("sally").toString())
                .with(words)
                .in(folder);
    }

    /** Writes a file of the checkout. */
    Sally file(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }
}
