package io.sallyport.e2e.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * OpenSSH's own client with one key, nothing of the user's configuration, and only the gateway's true host key in its
 * list of known hosts.
 *
 * @param key the private key's file
 * @param knownHosts the list
 * @param port asked anew for each connection: it changes when the gateway is started again
 * @param options further ones
 */
record Ssh(Path key, Path knownHosts, IntSupplier port, List<String> options) {
    /** The name that the host key is known by. */
    static final String HOST = "gateway";

    /** Asks for one thing, without a body. */
    Outcome run(String request) throws IOException, InterruptedException {
        return run(request, new byte[0]);
    }

    /** Asks for one thing, with a body. */
    Outcome run(String request, byte[] body) throws IOException, InterruptedException {
        return program(request).run(body);
    }

    Outcome run(String request, String body) throws IOException, InterruptedException {
        return run(request, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks, and leaves it to the test what goes in and when. */
    Running start(String request) throws IOException {
        return program(request).start();
    }

    Running start(String request, byte[] body) throws IOException {
        return start(request).give(body);
    }

    /** Submits; the answer is the accepted build's number. */
    long submit(String project, Source source) throws IOException, InterruptedException {
        return submit(project, source, "");
    }

    /** Submits with further parameters. */
    long submit(String project, Source source, String parameters) throws IOException, InterruptedException {
        return run("submit " + project + " " + parameters, source.tar())
                .json()
                .path("id")
                .asLong();
    }

    /** The build now. */
    JsonNode build(long id) throws IOException, InterruptedException {
        return run("show " + id).ok().json();
    }

    /** The build when it has ended. */
    JsonNode ended(long id) throws IOException, InterruptedException {
        return run("wait " + id).json();
    }

    /** The same client with more options; those given first count. */
    Ssh with(String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(options);
        return new Ssh(key, knownHosts, port, all);
    }

    /** The command line; no request when that is empty. */
    Program program(String request) {
        List<String> words = new ArrayList<>(List.of("ssh", "-p", Integer.toString(port.getAsInt())));
        words.addAll(settings());
        words.add("127.0.0.1");
        if (!request.isEmpty()) {
            words.add(request);
        }
        return Program.of(words.toArray(String[]::new));
    }

    /** The command line that asks for a subsystem. */
    Program subsystem(String name) {
        return with("-s").program(name);
    }

    /** {@code scp} or {@code sftp} with the same settings; the remote side is {@code 127.0.0.1:PATH}. */
    Program copying(String program, String... words) {
        List<String> all = new ArrayList<>(List.of(program, "-P", Integer.toString(port.getAsInt())));
        all.addAll(settings());
        all.addAll(List.of(words));
        return Program.of(all.toArray(String[]::new));
    }

    private List<String> settings() {
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of("-F", "none", "-i", key.toString()));
        for (String setting : List.of(
                "BatchMode=yes",
                "IdentitiesOnly=yes",
                "IdentityAgent=none",
                "StrictHostKeyChecking=yes",
                "HostKeyAlias=" + HOST,
                "UserKnownHostsFile=" + knownHosts,
                "GlobalKnownHostsFile=/dev/null",
                "KexAlgorithms=^curve25519-sha256", // the cheapest: there are hundreds of connections
                "LogLevel=ERROR")) {
            words.addAll(List.of("-o", setting));
        }
        return words;
    }
}
