package io.sallyport.keys;

/**
 * A role on projects, given or explicitly taken away.
 *
 * @param effect allow or deny; a deny wins over every allow
 * @param role the verbs
 * @param projects where; roles that concern the house (admin, auditor) hold whatever the glob is
 */
public record Grant(Effect effect, Role role, ProjectGlob projects) {
    /** Whether a grant gives or takes away. */
    public enum Effect {
        /** Gives. */
        ALLOW,
        /** Takes away. */
        DENY
    }

    /** Gives a role on projects. */
    public static Grant allow(Role role, ProjectGlob projects) {
        return new Grant(Effect.ALLOW, role, projects);
    }

    boolean covers(Verb verb, Resource what) {
        return role.verbs().contains(verb)
                && what.inProject().map(projects::matches).orElse(true);
    }

    @Override
    public String toString() {
        return (effect == Effect.DENY ? "deny " : "") + role.label() + " on " + projects;
    }
}
