package io.sallyport.gateway.checkup;

import io.sallyport.builds.executor.docker.EngineAddress;
import io.sallyport.builds.executor.docker.EngineFacts;
import io.sallyport.builds.executor.docker.RegistryCredentials;
import io.sallyport.gateway.settings.Config;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The engine that jobs run on: whether it answers, and has what the settings say of it. */
final class ContainerEngine {
    private static final String UNIX = "unix://";

    private final Config config;
    private final Config.Docker docker;

    ContainerEngine(Config config) {
        this.config = config;
        this.docker = config.docker();
    }

    List<Finding> look() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        switch (config.builds().place()) {
            case PROCESS -> {}
            case DOCKER -> engine(findings);
            case SWARM ->
                findings.add(
                        isAbsent()
                                ? absent()
                                : Finding.fine(
                                        "jobs run as services of the Swarm whose manager is at " + docker.host()));
        }
        docker.images()
                .credentials()
                .flatMap(RegistryCredentials::fault)
                .ifPresent(fault -> findings.add(
                        Finding.error(fault + ", so no image can be fetched: write it with docker login, let the"
                                + " gateway's user read it, or leave docker.credentials out")));
        return findings;
    }

    private boolean isAbsent() {
        return docker.host().startsWith(UNIX)
                && !Files.exists(Path.of(docker.host().substring(UNIX.length())));
    }

    private Finding absent() {
        return Finding.error("there is no engine at " + docker.host()
                + ", so all jobs are errored: start it, or set docker.host right");
    }

    private void engine(List<Finding> findings) throws InterruptedException {
        if (isAbsent()) {
            findings.add(absent());
            return;
        }
        EngineAddress address = new EngineAddress(
                URI.create(docker.host()), docker.certificates().map(Path::of));
        try {
            EngineFacts facts = EngineFacts.of(address, docker.limits());
            findings.add(Finding.fine("jobs run in containers on the engine at " + docker.host() + ", which answers"));
            findings.addAll(lacking(facts));
        } catch (IOException e) {
            findings.add(Finding.error(e.getMessage() + ", so all jobs are errored: start the engine, let this user"
                    + " use it, or set docker.host and docker.tlsCertificates right"));
        }
    }

    /** What an engine does not have of what the settings say of it. */
    List<Finding> lacking(EngineFacts facts) {
        List<Finding> findings = new ArrayList<>();
        docker.runtime()
                .filter(runtime -> !facts.runtimes().contains(runtime))
                .ifPresent(runtime -> findings.add(Finding.error("docker.runtime is " + runtime
                        + ", which the engine does not have (it has "
                        + String.join(", ", facts.runtimes().stream().sorted().toList())
                        + "), so all jobs are errored: add it to the engine's runtimes, or leave docker.runtime out")));
        if (facts.processors() > 0 && docker.container().cpus() > facts.processors()) {
            findings.add(Finding.error("docker.cpus is " + docker.container().cpus() + ", but the engine has "
                    + facts.processors() + " processors only, so all jobs are errored: set it to at most that"));
        }
        return findings;
    }
}
