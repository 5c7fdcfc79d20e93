package io.sallyport.client;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a transport that needs no {@code ssh} program. There is one, with Apache MINA SSHD's client; it is in a jar of its own with all
 * that it needs ({@code lib/mina}), and is found by {@link java.util.ServiceLoader} where that is on the class path.
 */
public interface TransportFactory {
    /**
     * A way to the target; nothing is connected yet. Files of the user's are looked for below {@code HOME}, the agent at
     * {@code SSH_AUTH_SOCK}.
     *
     * @param target its program is not run
     * @param environment variables
     * @param questions asked for the passphrases of keys
     * @throws IOException when the target's options cannot be honoured; a {@link ClientException} with the reason
     */
    Transport to(SshTarget target, Map<String, String> environment, Questions questions) throws IOException;

    /** Whoever can be asked for what is not to be shown. */
    @FunctionalInterface
    interface Questions {
        /** The answer; empty when nobody is there to give one. Called on the thread that opens a channel. */
        Optional<char[]> ask(String question) throws IOException, InterruptedException;
    }
}
