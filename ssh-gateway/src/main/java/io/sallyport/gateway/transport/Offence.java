package io.sallyport.gateway.transport;

import io.sallyport.gateway.settings.Config;
import java.time.Duration;
import java.util.Locale;

/** What a connection that has not logged in is penalised for when it ends. The names follow OpenSSH's. */
enum Offence {
    /** It has tried to log in, and failed. */
    FAILED_LOGIN,
    /** It has sent what no client sends. */
    CRASH,
    /** It has left without trying. */
    NO_LOGIN,
    /** It has used up the time to log in. */
    GRACE_EXCEEDED;

    /** How long it counts. */
    Duration penalty(Config.Penalties settings) {
        return switch (this) {
            case FAILED_LOGIN -> settings.failedLogin();
            case CRASH -> settings.crash();
            case NO_LOGIN -> settings.noLogin();
            case GRACE_EXCEEDED -> settings.graceExceeded();
        };
    }

    /** In words for the log. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
