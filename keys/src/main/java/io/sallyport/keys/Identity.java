package io.sallyport.keys;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody or something that may be let in.
 *
 * @param name unique, fixed for ever; see {@link #isName}, and for a deploy key {@link DeployKey#identity}
 * @param kind of identity
 * @param grants what it may do by itself, in the order given; its groups may give and take more
 * @param locked nothing at all is allowed to it, whatever its grants
 * @param verifyRequired lets in only security keys that have verified their user, by PIN or finger
 */
public record Identity(String name, Kind kind, List<Grant> grants, boolean locked, boolean verifyRequired) {
    /** The name of who is let in for a short time by the owner of the state directory; no other can have it for long. */
    public static final String BREAK_GLASS = "break-glass";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /**
     * Makes an identity.
     *
     * @throws IllegalArgumentException when the name is none; ask {@link #isName} first where it comes from outside
     */
    public Identity {
        if (kind == Kind.DEPLOY_KEY ? !DeployKey.isIdentity(name) : !isName(name)) {
            throw new IllegalArgumentException("not a name of an identity: " + name);
        }
        grants = List.copyOf(grants);
    }

    /** An identity that may log in with any key. */
    public Identity(String name, Kind kind, List<Grant> grants, boolean locked) {
        this(name, kind, grants, locked, false);
    }

    /**
     * Whether the text can be the name of an identity: 1 to 64 lower-case letters a to z, digits, dots, underscores
     * and dashes, beginning with a letter or digit.
     */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Kinds of identities. */
    public enum Kind {
        /** A human being. */
        PERSON,
        /** A program. */
        SERVICE,
        /** A key of a project, with the grants of who made it. Never stored as an identity of its own. */
        DEPLOY_KEY;

        /** The name in policies and answers, lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The kind of that label; empty when there is none that an identity can be made of. */
        public static Optional<Kind> parse(String label) {
            for (Kind kind : values()) {
                if (kind != DEPLOY_KEY && kind.label().equals(label)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }
}
