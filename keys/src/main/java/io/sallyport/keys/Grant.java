package io.sallyport.keys;

import java.util.Locale;
import java.util.Optional;

/**
 * A role on projects, given or explicitly taken away.
 *
 * @param effect allow or deny; a deny wins over every allow
 * @param role the verbs
 * @param projects where; {@link ProjectGlob#EVERY} for a role of the house (admin, auditor)
 */
public record Grant(Effect effect, Role role, ProjectGlob projects) {
    /** Grants that one identity, or one group, can be given. */
    public static final int MOST = 1000;

    /**
     * Makes a grant.
     *
     * @throws IllegalArgumentException when a role of the house is given on some projects only: whoever wrote that
     *     expects a bound that there is none
     */
    public Grant {
        if (role.ofHouse() && !projects.equals(ProjectGlob.EVERY)) {
            throw new IllegalArgumentException(role.label() + " concerns the whole gateway, not only " + projects);
        }
    }

    /** Whether a grant gives or takes away. */
    public enum Effect {
        /** Gives. */
        ALLOW,
        /** Takes away. */
        DENY;

        /** The name in policies and answers, lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The effect of that label; empty when there is none. */
        public static Optional<Effect> parse(String label) {
            for (Effect effect : values()) {
                if (effect.label().equals(label)) {
                    return Optional.of(effect);
                }
            }
            return Optional.empty();
        }
    }

    /** Gives a role on projects. */
    public static Grant allow(Role role, ProjectGlob projects) {
        return new Grant(Effect.ALLOW, role, projects);
    }

    /** Takes a role away on projects. */
    public static Grant deny(Role role, ProjectGlob projects) {
        return new Grant(Effect.DENY, role, projects);
    }

    /**
     * Whether the grant speaks of this. What lies in no project means "anywhere at all": what is allowed on one
     * project is then allowed, and what is denied on some only is not denied.
     */
    boolean covers(Verb verb, Resource what) {
        return role.verbs().contains(verb)
                && what.inProject()
                        .map(projects::matches)
                        .orElse(effect == Effect.ALLOW || projects.equals(ProjectGlob.EVERY));
    }

    @Override
    public String toString() {
        return (effect == Effect.DENY ? "deny " : "") + role.label() + " on " + projects;
    }
}
