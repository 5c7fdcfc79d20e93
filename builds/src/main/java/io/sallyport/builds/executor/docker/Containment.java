package io.sallyport.builds.executor.docker;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import java.util.List;
import java.util.Map;

/** How containers are kept from the machine and from each other. Nothing of the machine is ever mounted into one. */
final class Containment {
    /** The driver of logs that keeps bytes as they are, which the usual one does not. */
    static final String LOG_DRIVER = LogConfig.LoggingType.LOCAL.getType();

    private final DockerSettings settings;

    Containment(DockerSettings settings) {
        this.settings = settings;
    }

    /** Of a job's container. */
    HostConfig job(String network) {
        return usual(network)
                .withTmpFs(Map.of(
                        ContainerPlaces.FILES,
                        "rw,noexec,nosuid,nodev,size=4m,mode=0700,uid="
                                + settings.user().uid() + ",gid="
                                + settings.user().gid()));
    }

    /** Of a service's container. */
    HostConfig service(String network) {
        return usual(network)
                .withCapAdd(settings.serviceCapabilities().stream()
                        .map(Capability::valueOf)
                        .toArray(Capability[]::new));
    }

    /** How an engine keeps what a container prints. */
    static Map<String, String> logOptions(ContainerLimits limits) {
        return Map.of("max-size", Long.toString(limits.logBytes()), "max-file", "1", "compress", "false");
    }

    private HostConfig usual(String network) {
        ContainerLimits limits = settings.container();
        HostConfig config = HostConfig.newHostConfig()
                .withNetworkMode(network)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withPrivileged(false)
                .withMemory(limits.memoryBytes())
                .withMemorySwap(limits.memoryBytes())
                .withNanoCPUs(limits.nanoCpus())
                .withPidsLimit((long) limits.processes())
                .withShmSize(limits.sharedMemoryBytes())
                .withOomScoreAdj(500)
                .withLogConfig(new LogConfig(LogConfig.LoggingType.LOCAL, logOptions(limits)));
        settings.runtime().ifPresent(config::withRuntime);
        return config;
    }
}
