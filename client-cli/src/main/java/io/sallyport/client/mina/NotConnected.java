package io.sallyport.client.mina;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** There is no connection, and the words for why are those that OpenSSH's client has, by which it is told what to do next. */
final class NotConnected extends IOException {
    private static final long serialVersionUID = 1L;

    private NotConnected(String words, @Nullable Throwable cause) {
        super(words, cause);
    }

    static NotConnected unknown(String host) {
        return new NotConnected("Could not resolve hostname " + host, null);
    }

    static NotConnected unreached(String host, int port, @Nullable IOException why) {
        return new NotConnected("connect to host " + host + " port " + port + ": " + root(why), why);
    }

    static NotConnected keyRefused(String user, String host) {
        return new NotConnected(user + "@" + host + ": Permission denied (publickey).", null);
    }

    /** It was there, and ended before it had said which version of SSH it speaks: by itself, or because the connection broke. */
    static NotConnected unsaid(String host, IOException why) {
        String cause = root(why);
        return cause.contains("Broken pipe") || cause.contains("reset")
                ? broken(host, why)
                : new NotConnected("kex_exchange_identification: Connection closed by " + host + ": " + cause, why);
    }

    /** It was there, and ended before the log-in did; that both sides have no algorithm in common does not change. */
    static NotConnected broken(String host, IOException why) {
        if (root(why).startsWith("Unable to negotiate")) {
            return new NotConnected("no matching algorithms with " + host + ": " + root(why), why);
        }
        return new NotConnected("Connection to " + host + " closed: " + root(why), why);
    }

    /** The words. */
    String words() {
        return String.valueOf(getMessage());
    }

    private static String root(@Nullable Throwable failure) {
        Throwable at = failure;
        while (at != null && at.getCause() != null) {
            at = at.getCause();
        }
        return Optional.ofNullable(at)
                .map(cause -> Optional.ofNullable(cause.getMessage())
                        .orElse(cause.getClass().getSimpleName()))
                .orElse("no address");
    }
}
