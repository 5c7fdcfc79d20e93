package io.sallyport.client.mina;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.client.auth.pubkey.KeyAgentIdentity;
import org.jspecify.annotations.Nullable;

/** The agent's keys, for one log-in; an agent that does not answer has none. */
final class AgentKeys implements AutoCloseable {
    private final @Nullable UnixAgent agent;

    private AgentKeys(@Nullable UnixAgent agent) {
        this.agent = agent;
    }

    /** Connects; {@code listing} is how long the agent may take for that, and to tell its keys. */
    static AgentKeys at(Optional<Path> socket, Duration listing) {
        if (socket.isEmpty()) {
            return new AgentKeys(null);
        }
        try {
            return new AgentKeys(UnixAgent.at(socket.get(), listing));
        } catch (IOException | UnsupportedOperationException e) {
            return new AgentKeys(null);
        }
    }

    /**
     * The keys, those first that have a name.
     *
     * @param named in Base64
     * @param only whether the others are left out
     */
    List<KeyAgentIdentity> keys(Set<String> named, boolean only) {
        if (agent == null) {
            return List.of();
        }
        List<KeyAgentIdentity> first = new ArrayList<>();
        List<KeyAgentIdentity> then = new ArrayList<>();
        try {
            for (Map.Entry<PublicKey, String> each : agent.getIdentities()) {
                KeyAgentIdentity key = new KeyAgentIdentity(agent, each.getKey(), each.getValue());
                (named.contains(KeyBlob.text(each.getKey())) ? first : then).add(key);
            }
        } catch (IOException e) {
            return List.of();
        }
        if (!only) {
            first.addAll(then);
        }
        return first;
    }

    @Override
    public void close() throws IOException {
        if (agent != null) {
            agent.close();
        }
    }
}
