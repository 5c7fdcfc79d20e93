package io.sallyport.gateway.settings;

import io.sallyport.builds.executor.docker.SwarmSettings;
import java.util.ArrayList;
import java.util.List;

/** What settings ask of each other, each of which is of its own form: where jobs do not run on an engine, nothing. */
final class Accord {
    private static final String SOCKET = "unix:";
    private static final String NETWORK = "tcp:";

    private Accord() {}

    /** Each of those that do not go together, by name and with what to do. */
    static List<String> quarrels(Config config) {
        return switch (config.builds().place()) {
            case PROCESS -> List.of();
            case DOCKER -> docker(config.docker());
            case SWARM -> swarm(config.docker(), config.swarm());
        };
    }

    private static List<String> docker(Config.Docker docker) {
        List<String> quarrels = new ArrayList<>();
        requireCertificates("docker.host", docker.host(), docker, quarrels);
        if (docker.host().startsWith(SOCKET) && docker.certificates().isPresent()) {
            quarrels.add("docker.tlsCertificates is of no use while docker.host is " + docker.host()
                    + ": leave it out, or set docker.host to tcp://host:port");
        }
        return quarrels;
    }

    private static List<String> swarm(Config.Docker docker, Config.Swarm swarm) {
        List<String> quarrels = new ArrayList<>();
        requireCertificates("docker.host", docker.host(), docker, quarrels);
        requireCertificates("swarm.nodeHost", swarm.nodeHost(), docker, quarrels);
        docker.runtime()
                .ifPresent(runtime -> quarrels.add("docker.runtime is nothing that a Swarm can be asked for: leave it"
                        + " out, and make " + runtime + " the default runtime of its nodes' engines"));
        SwarmSettings.Reserved reserved = swarm.reserved();
        Config.Container container = docker.container();
        if (reserved.memoryBytes() > container.memory()) {
            quarrels.add("swarm.reservedMemory is at most docker.memory, which is " + container.memory()
                    + " bytes, not " + reserved.memoryBytes());
        }
        if (reserved.cpus() > container.cpus()) {
            quarrels.add("swarm.reservedCpus is at most docker.cpus, which is " + container.cpus() + ", not "
                    + reserved.cpus());
        }
        return quarrels;
    }

    private static void requireCertificates(String name, String host, Config.Docker docker, List<String> quarrels) {
        if (host.startsWith(NETWORK) && docker.certificates().isEmpty()) {
            quarrels.add(name + " is on the network (" + host + "), where an engine is only spoken to over TLS: set"
                    + " docker.tlsCertificates to a folder with ca.pem, cert.pem and key.pem");
        }
    }
}
