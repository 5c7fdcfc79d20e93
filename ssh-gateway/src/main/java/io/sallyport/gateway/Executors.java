package io.sallyport.gateway;

import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.docker.ContainerLimits;
import io.sallyport.builds.executor.docker.DockerExecutor;
import io.sallyport.builds.executor.docker.DockerSettings;
import io.sallyport.builds.executor.docker.EngineAddress;
import io.sallyport.builds.executor.docker.NodeAddress;
import io.sallyport.builds.executor.docker.RegistryCredentials;
import io.sallyport.builds.executor.docker.SwarmExecutor;
import io.sallyport.builds.executor.docker.SwarmSettings;
import io.sallyport.builds.executor.process.ProcessExecutor;
import io.sallyport.builds.executor.process.ProcessSettings;
import io.sallyport.builds.executor.process.SandboxUnavailableException;
import io.sallyport.builds.source.SourceUnpacker;
import io.sallyport.gateway.checkup.Surroundings;
import io.sallyport.gateway.settings.Config;
import io.sallyport.gateway.settings.StateDirectory;
import io.sallyport.keys.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the settings have jobs run. */
final class Executors {
    private static final Logger LOG = LoggerFactory.getLogger(Executors.class);
    private static final int NAME = 12;

    private Executors() {}

    /**
     * Opens it.
     *
     * @param signingKey tells this gateway from others on the same engine
     * @throws Refused when its operator has to mend something first
     */
    static Executor of(StateDirectory state, Config config, SigningKey signingKey, SourceUnpacker unpacker)
            throws IOException, Refused, InterruptedException {
        config.docker()
                .images()
                .credentials()
                .filter(file -> config.builds().place() != Config.Place.PROCESS)
                .flatMap(RegistryCredentials::fault)
                .ifPresent(fault -> LOG.warn("{}; until they can, no image is fetched", fault));
        try {
            return switch (config.builds().place()) {
                case PROCESS -> ProcessExecutor.open(process(state, config.builds()), unpacker::unpack);
                case DOCKER ->
                    DockerExecutor.open(
                            docker(state, config, certificates(config), name(signingKey)), unpacker::unpack);
                case SWARM -> SwarmExecutor.open(swarm(state, config, name(signingKey)), unpacker::unpack);
            };
        } catch (SandboxUnavailableException e) {
            throw new Refused(e.getMessage() + ": " + Surroundings.here().advice());
        } catch (IllegalArgumentException e) {
            throw new Refused(state.config() + ": " + e.getMessage());
        }
    }

    private static ProcessSettings process(StateDirectory state, Config.Builds builds) {
        return new ProcessSettings(
                state.workspaces(),
                Surroundings.here().sandbox(builds.sandbox()),
                builds.network(),
                builds.readOnlyPaths().stream().map(Path::of).toList(),
                "bwrap",
                builds.job());
    }

    private static Optional<Path> certificates(Config config) {
        return config.docker().certificates().map(Path::of);
    }

    /** The certificates are for the nodes' engines, too, when the manager is asked by a socket. */
    private static SwarmSettings swarm(StateDirectory state, Config config, String gateway) {
        Config.Swarm swarm = config.swarm();
        Optional<Path> certificates = certificates(config);
        boolean socket = config.docker().host().startsWith("unix:");
        return new SwarmSettings(
                docker(state, config, socket ? Optional.empty() : certificates, gateway),
                new NodeAddress(swarm.nodeHost(), certificates),
                swarm.constraints(),
                swarm.reserved(),
                swarm.placement());
    }

    private static DockerSettings docker(
            StateDirectory state, Config config, Optional<Path> certificates, String gateway) {
        Config.Docker docker = config.docker();
        Config.Builds builds = config.builds();
        return new DockerSettings(
                new EngineAddress(URI.create(docker.host()), certificates),
                gateway,
                state.workspaces().toAbsolutePath(),
                docker.images(),
                builds.network(),
                docker.user(),
                docker.serviceCapabilities(),
                docker.runtime(),
                new ContainerLimits(
                        docker.container().memory(),
                        docker.container().cpus(),
                        builds.job().processes(),
                        builds.job().sharedMemoryBytes(),
                        docker.container().logBytes()),
                docker.limits(),
                docker.ready());
    }

    /** Letters and digits of the signing key's fingerprint: a gateway that is moved or restarted has it still. */
    private static String name(SigningKey signingKey) {
        String letters = signingKey.fingerprint().replaceFirst("^SHA256:", "").replaceAll("[^A-Za-z0-9]", "");
        return letters.substring(0, NAME);
    }
}
