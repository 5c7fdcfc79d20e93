package io.sallyport.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
final class Machine {
    private static final double GIBI = 1 << 30;

    private Machine() {}

    /** Facts, a line each. */
    static String facts(Workplace place) throws IOException, InterruptedException {
        return """
                machine   %d cores, %s, %.0f GiB, %s %s
                java      %s (gateway and lean client)
                openssh   client %s, server %s with internal-sftp
                bwrap     %s
                files     %s, in and out of the page cache
                crypto    curve25519-sha256, ssh-ed25519, aes256-gcm@openssh.com
                load      %s before the run
                """.formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        memory(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.vm.version"),
                        Programs.version("ssh", "-V"),
                        Programs.version(Sshd.program(), "-V").replaceFirst("^.*(OpenSSH)", "$1"),
                        Programs.version("bwrap", "--version"),
                        place.fileSystem(),
                        Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static double memory() throws IOException {
        String total = Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll("[^0-9]", "");
        return Long.parseLong(total) * 1024 / GIBI;
    }
}
