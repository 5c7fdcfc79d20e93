package io.sallyport.builds.executor.docker;

import com.github.dockerjava.api.model.Capability;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How jobs run as containers.
 *
 * @param address of the engine
 * @param gateway tells this gateway's containers from another's on the same engine: a name of letters, digits and dashes
 * @param staging an absolute folder of the executor's own, in which workspaces are put together; made where it does not exist
 * @param images which may be used
 * @param network whether jobs reach the network; else they reach their services alone
 * @param user who a job is in its container
 * @param serviceCapabilities of the kernel's ({@code CHOWN}) that services are left with; jobs have none
 * @param runtime of the engine's that containers run with; empty for the engine's usual one
 * @param container what one may use
 * @param limits of what is asked of the engine
 * @param ready containers that are made ahead
 */
public record DockerSettings(
        EngineAddress address,
        String gateway,
        Path staging,
        ImageSettings images,
        boolean network,
        ContainerUser user,
        List<String> serviceCapabilities,
        Optional<String> runtime,
        ContainerLimits container,
        DockerLimits limits,
        ReadySettings ready) {
    /** Refuses a folder that is not absolute and a name that no label could be compared with. */
    public DockerSettings {
        if (!staging.isAbsolute()) {
            throw new IllegalArgumentException("the staging folder is not absolute: " + staging);
        }
        if (!gateway.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("not a gateway's name: " + gateway);
        }
        serviceCapabilities = List.copyOf(serviceCapabilities);
        for (String each : serviceCapabilities) {
            if (!isCapability(each)) {
                throw new IllegalArgumentException("not a capability, which are written as CHOWN: " + each);
            }
        }
    }

    /** Whether a word is a capability of the kernel's, as it is written here: {@code CHOWN}. */
    public static boolean isCapability(String word) {
        return Stream.of(Capability.values()).anyMatch(known -> known.name().equals(word));
    }

    /** The defaults: no network, an unprivileged user, all images. */
    public static DockerSettings on(EngineAddress address, String gateway, Path staging) {
        return new DockerSettings(
                address,
                gateway,
                staging,
                ImageSettings.DEFAULT,
                false,
                ContainerUser.DEFAULT,
                List.of(),
                Optional.empty(),
                ContainerLimits.DEFAULT,
                DockerLimits.DEFAULT,
                ReadySettings.NONE);
    }

    /** The same with other images. */
    public DockerSettings with(ImageSettings others) {
        return new DockerSettings(
                address,
                gateway,
                staging,
                others,
                network,
                user,
                serviceCapabilities,
                runtime,
                container,
                limits,
                ready);
    }

    /** The same with other limits. */
    public DockerSettings with(DockerLimits others) {
        return new DockerSettings(
                address,
                gateway,
                staging,
                images,
                network,
                user,
                serviceCapabilities,
                runtime,
                container,
                others,
                ready);
    }

    /** The same with other containers made ahead. */
    public DockerSettings with(ReadySettings others) {
        return new DockerSettings(
                address,
                gateway,
                staging,
                images,
                network,
                user,
                serviceCapabilities,
                runtime,
                container,
                limits,
                others);
    }
}
