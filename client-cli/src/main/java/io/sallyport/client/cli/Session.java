package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.Answer;
import io.sallyport.client.Body;
import io.sallyport.client.ClientException;
import io.sallyport.client.Interruption;
import io.sallyport.client.Patience;
import io.sallyport.client.Request;
import io.sallyport.client.SallyClient;
import io.sallyport.client.Transport;
import io.sallyport.client.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a command: its settings, its client when it needs one, and its console. */
final class Session implements AutoCloseable {
    private static final double MILLIS_PER_SECOND = 1000;
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");

    private final Surroundings surroundings;
    private final Console console;
    private final GatewayOptions options;
    private final Supplier<List<String>> sshOptions;
    private @Nullable SallyClient client;
    private volatile boolean asking;
    private volatile boolean closed;

    /** The options are read when they are first needed: by then they are parsed. */
    Session(Surroundings surroundings, Console console, GatewayOptions options, Supplier<List<String>> sshOptions) {
        this.surroundings = surroundings;
        this.console = console;
        this.options = options;
        this.sshOptions = sshOptions;
    }

    /** What is around the command. */
    Surroundings surroundings() {
        return surroundings;
    }

    /** Where the command writes. */
    Console console() {
        return console;
    }

    /** Whether to show what the gateway gave. */
    boolean json() {
        return options.json();
    }

    /** The project to work on. */
    String project() throws ClientException {
        return settings()
                .project()
                .orElseThrow(() -> new ClientException.BadSetting(
                        "no project", "give -P PROJECT, set SALLY_PROJECT, or put 'project: PROJECT' into .sally.yml"));
    }

    /** The project that is set, if one is. */
    Optional<String> projectIfSet() throws ClientException {
        return settings().project();
    }

    /** The colours to use on standard output. */
    Paint paint() {
        return Paint.of(surroundings);
    }

    /** A table as standard output takes it: no wider than the terminal, if that is one. */
    String text(Table table) {
        return table.text(paint(), surroundings.terminals().out() ? room() : OptionalInt.empty());
    }

    private OptionalInt room() {
        try {
            String columns = surroundings.environment().getOrDefault("COLUMNS", "");
            int room = Integer.parseInt(columns.isEmpty() ? Stty.run("size").replaceFirst(".* ", "") : columns);
            return room > 0 ? OptionalInt.of(room) : OptionalInt.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** One request that changes something, and so is sent once; the answer is a document. */
    Answer once(Request request) throws IOException, InterruptedException {
        return once(request, Body.none());
    }

    /** The same with a body. */
    Answer once(Request request, Body body) throws IOException, InterruptedException {
        return client().once(request, body);
    }

    /** A request whose answer the gateway makes fit for people, or else gives as it is. */
    int shown(Request request) throws IOException, InterruptedException {
        return client().stream(json() ? request : request.with("format", "text"), Body.none(), console.out());
    }

    /** One request that changes something; what it has come to is told in a sentence, or shown as it is. */
    int tell(Request request) throws IOException, InterruptedException {
        return tell(request, BuildSentence::of);
    }

    /** The same with a sentence of the caller's. */
    int tell(Request request, Function<JsonNode, Optional<String>> sentence) throws IOException, InterruptedException {
        Answer answer = once(request);
        if (json()) {
            console.print(answer.text());
        } else if (!answer.text().isBlank()) {
            sentence.apply(answer.document()).ifPresent(console::say);
        }
        return answer.status();
    }

    /** Host, port and project, by which what is known of a gateway is kept apart from others. */
    String gateway() throws ClientException {
        Settings settings = settings();
        return settings.host().orElse("") + " "
                + settings.port().map(String::valueOf).orElse("") + " " + project();
    }

    /** The beginning of a command of plain ssh to the gateway, for people. */
    String ssh(String option) throws ClientException {
        Settings settings = settings();
        String port = settings.port().map(number -> "-p " + number + " ").orElse("");
        return "ssh " + option + " " + port + settings.host().orElse("HOST");
    }

    /** Whether the gateway is on this machine, so that compressing takes longer than sending. */
    boolean nearby() throws ClientException {
        String host = settings().host().orElse("");
        return HERE.contains(host.substring(host.indexOf('@') + 1));
    }

    /** The gateway; what it says is told to people. */
    SallyClient client() throws ClientException {
        return client(false);
    }

    /** A gateway of which nothing is told and that is asked once. */
    SallyClient quietly() throws ClientException {
        SallyClient quiet = new SallyClient(
                transport(), Patience.usual(Duration.ZERO), OutputStream.nullOutputStream(), interruption -> {});
        client = quiet;
        return quiet;
    }

    /** The gateway; what it says is shown as it is, if that is asked for. */
    SallyClient client(boolean raw) throws ClientException {
        if (client == null) {
            Transport transport = transport();
            client = new SallyClient(transport, options.patience(), console.gatewaySays(raw || json()), this::tell);
            // Ends the ssh program too when only this one is told to end.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(transport)));
        }
        return client;
    }

    /** Whether the one at the terminal is asked, when they interrupt it, what is to become of the build. */
    void askWhenInterrupted() {
        asking = surroundings.terminals().in() && surroundings.terminals().err();
    }

    /** At the end of the JVM: nothing is left to do, unless the command was interrupted. */
    private void interrupted(Transport transport) {
        boolean interrupted = !closed;
        if (interrupted) {
            console.hush();
        }
        transport.close();
        if (interrupted && asking && console.build() > 0) {
            new InterruptedBuild(console, console.build(), this::afresh).ask();
        } else if (interrupted && surroundings.terminals().err()) {
            // What the terminal shows of the key that was pressed stands on a line of its own.
            console.last("\n");
        }
    }

    /** Another connection to the gateway, of whose answers nothing is told. */
    SallyClient afresh() throws ClientException {
        return new SallyClient(transport(), options.patience(), OutputStream.nullOutputStream(), interruption -> {});
    }

    @Override
    public void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }

    private Transport transport() throws ClientException {
        Map<String, String> environment = surroundings.environment();
        return new Transports(surroundings, options.transport(environment))
                .to(options.target(settings(), environment, sshOptions.get()));
    }

    private Settings settings() throws ClientException {
        return options.settings(Settings.found(surroundings.environment(), surroundings.folder()));
    }

    private void tell(Interruption interruption) {
        String at = interruption.position() > 0 ? " at byte " + interruption.position() : "";
        double seconds = interruption.pause().toMillis() / MILLIS_PER_SECOND;
        console.say(String.format(Locale.ROOT, "connection lost%s; trying again in %.1f s", at, seconds));
    }
}
