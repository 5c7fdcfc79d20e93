package io.sallyport.builds.executor.docker;

import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What the client library is told: nothing of it comes from the gateway's environment or its user's files.
 *
 * @param address of the engine
 * @param version that is spoken
 */
record EngineConfig(EngineAddress address, RemoteApiVersion version) implements DockerClientConfig {
    @Override
    public URI getDockerHost() {
        return address.uri();
    }

    @Override
    public RemoteApiVersion getApiVersion() {
        return version;
    }

    @Override
    public @Nullable String getRegistryUsername() {
        return null;
    }

    @Override
    public @Nullable String getRegistryPassword() {
        return null;
    }

    @Override
    public @Nullable String getRegistryEmail() {
        return null;
    }

    @Override
    public String getRegistryUrl() {
        return AuthConfig.DEFAULT_SERVER_ADDRESS;
    }

    /** Nobody: whose credentials an image is fetched with is said with each fetch. */
    @Override
    public @Nullable AuthConfig effectiveAuthConfig(String image) {
        return null;
    }

    @Override
    public AuthConfigurations getAuthConfigurations() {
        return new AuthConfigurations();
    }

    /** Given to the transport instead. */
    @Override
    @SuppressWarnings("deprecation") // the library's own interface has it so
    public @Nullable SSLConfig getSSLConfig() {
        return null;
    }
}
