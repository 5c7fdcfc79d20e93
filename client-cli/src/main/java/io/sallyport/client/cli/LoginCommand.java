package io.sallyport.client.cli;

import io.sallyport.client.Body;
import io.sallyport.client.ClientException;
import io.sallyport.client.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code sally login}: a short-lived certificate in the agent. */
final class LoginCommand implements Command {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smh])");

    private final Syntax syntax = new Syntax(
            "login",
            this,
            "Gets a short-lived certificate on a new key, and gives both to your ssh agent, which forgets them in time.",
            "Until then your own key is not needed: touch a security key once a day.");
    private final Supplier<Optional<String>> valid =
            syntax.text("--valid", "TIME", "For how long, such as 30m or 8h (8h).");

    private final Session session;

    LoginCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long seconds = seconds();
        if (session.surroundings()
                .environment()
                .getOrDefault("SSH_AUTH_SOCK", "")
                .isEmpty()) {
            throw new ClientException.BadSetting(
                    "no ssh agent",
                    "start one with 'eval $(ssh-agent)', or ask for a certificate on a key of yours with"
                            + " 'sally api POST /certificates < KEY.pub > KEY-cert.pub'");
        }
        Path folder = Files.createTempDirectory("sally-login");
        Path key = folder.resolve("key");
        try {
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "sally login", "-f", key.toString());
            ByteArrayOutputStream certificate = new ByteArrayOutputStream();
            Body body = Body.of(Files.readAllBytes(Path.of(key + ".pub")));
            int status = session.client().stream(
                    Request.of("POST", "/certificates").with("valid", valid()).with("format", "json"),
                    body,
                    certificate);
            if (status == ExitStatus.OK) {
                Files.write(Path.of(key + "-cert.pub"), certificate.toByteArray());
                run("ssh-add", "-q", "-t", Long.toString(seconds), key.toString());
                session.console().say("your agent holds a certificate for " + valid() + "; see it with 'ssh-add -l'");
            }
            return status;
        } finally {
            for (String end : List.of("", ".pub", "-cert.pub")) {
                Files.deleteIfExists(Path.of(key + end));
            }
            Files.delete(folder);
        }
    }

    private String valid() {
        return valid.get().orElse("8h");
    }

    private long seconds() {
        Matcher matcher = TIME.matcher(valid());
        if (!matcher.matches()) {
            throw syntax.wrong("--valid '" + valid() + "' is no time such as 30m or 8h");
        }
        int unit = switch (matcher.group(2)) {
            case "h" -> 3600;
            case "m" -> 60;
            default -> 1;
        };
        return Long.parseLong(matcher.group(1)) * unit;
    }

    private void run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .put("SSH_AUTH_SOCK", session.surroundings().environment().getOrDefault("SSH_AUTH_SOCK", ""));
        int status;
        try {
            status = builder.start().waitFor();
        } catch (IOException e) {
            throw new ClientException.BadSetting(command[0], "cannot be run: install OpenSSH's client");
        }
        if (status != 0) {
            throw new ClientException.BadSetting(
                    command[0], "ended with " + status + ": see what it says above; is there an agent (ssh-add -l)?");
        }
    }
}
