package io.sallyport.client;

import java.util.List;

/**
 * Why there is no connection, read from what OpenSSH's client says (its messages are not translated), and what to do
 * about it. The order matters: the first that fits is taken.
 */
public enum Loss {
    /** Our keys are not accepted. */
    KEY_REFUSED(
            Again.NEVER,
            "the gateway accepted none of your keys: name one with -i, see what your agent holds with 'ssh-add -l', or have"
                    + " an administrator add your public key",
            "Permission denied",
            "Too many authentication failures"),
    /** The gateway's key is another one than it was: by its administrator's will, or because it is not the gateway. */
    HOST_KEY_CHANGED(
            Again.NEVER,
            "the gateway's host key is not the one that is known here, and perhaps this is not the gateway: ask its administrator"
                    + " whether the key was changed, and for its fingerprint; only then forget the old one with 'ssh-keygen -R HOST'"
                    + " ('[HOST]:PORT' for another port than 22), connect once with ssh and compare",
            "REMOTE HOST IDENTIFICATION HAS CHANGED"),
    /** The gateway's key is not known here. */
    HOST_KEY_REFUSED(
            Again.NEVER,
            "the gateway's host key is not known here: compare its fingerprint with the administrator's, then"
                    + " connect once with ssh to accept it",
            "Host key verification failed"),
    /** ssh does not even try. */
    MISCONFIGURED(
            Again.NEVER,
            "ssh refused its configuration: correct what it says above",
            "Bad configuration option",
            "Bad owner or permissions",
            "terminating, ",
            "no matching ",
            "usage: ssh"),
    /** The name of the host leads nowhere. */
    HOST_UNKNOWN(
            Again.ONCE_CONNECTED,
            "there is no host of that name: check -H, SALLY_HOST or host: in .sally.yml",
            "Could not resolve hostname"),
    /** Nothing answers. */
    UNREACHED(
            Again.ONCE_CONNECTED,
            "nothing answers there: check the host and the port (-H, -p), and that the gateway runs",
            "connect to host",
            "Connection timed out",
            "No route to host"),
    /** What answers ends without a word of SSH, as no connection does that breaks on its way. */
    NO_SSH_SERVER(
            Again.ONCE_CONNECTED,
            "no ssh server answers there: check the host and the port (-H, -p)",
            "exchange_identification: Connection closed",
            "exchange_identification: banner line",
            "exchange_identification: No SSH version"),
    /** There was a connection, and it broke. */
    CUT(Again.ALWAYS, "the connection was lost: try again");

    private enum Again {
        NEVER,
        ONCE_CONNECTED,
        ALWAYS
    }

    private final Again again;
    private final String advice;
    private final List<String> signs;

    Loss(Again again, String advice, String... signs) {
        this.again = again;
        this.advice = advice;
        this.signs = List.of(signs);
    }

    /** The reason that shows in ssh's words; {@link #CUT} when none does, as when ssh was killed. */
    public static Loss of(String said) {
        for (Loss loss : values()) {
            if (loss.signs.stream().anyMatch(said::contains)) {
                return loss;
            }
        }
        return CUT;
    }

    /** Whether another attempt may go better. */
    boolean worthAnotherTry(boolean connectedBefore) {
        return switch (again) {
            case NEVER -> false;
            case ONCE_CONNECTED -> connectedBefore;
            case ALWAYS -> true;
        };
    }

    /** What is wrong and what to do, for people; without a full stop. */
    public String advice() {
        return advice;
    }
}
