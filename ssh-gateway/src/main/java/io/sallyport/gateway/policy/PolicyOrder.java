package io.sallyport.gateway.policy;

/** What the owner of the state directory wants to be done with its policy. */
public sealed interface PolicyOrder {
    /** The policy in force as a file. */
    record Export() implements PolicyOrder {}

    /**
     * Another policy in the place of the one in force.
     *
     * @param file its name, for words
     * @param text what is in it
     * @param remove whether identities, groups and keys that are not in it may be removed
     * @param dryRun whether only to tell what would be done
     * @param by who wants it, a user of the machine
     * @param reason why, in their words; may be empty
     */
    record Import(String file, String text, boolean remove, boolean dryRun, String by, String reason)
            implements PolicyOrder {}
}
