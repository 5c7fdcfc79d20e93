package io.sallyport.keys;

import java.util.List;
import java.util.Optional;

/**
 * A key that belongs to a project instead of a person. Its rights are its scope as far as they are also those of who
 * made it, at the moment of each request.
 *
 * @param key the public key; its identity is {@link #identity}
 * @param project it is bound to
 * @param name unique within the project; see {@link Identity#isName}
 * @param creator whose rights bound its own; empty once that identity has been removed: then it may do nothing
 * @param scope what for, until when, how much
 */
public record DeployKey(PublicKeyRecord key, String project, String name, Optional<String> creator, DeployScope scope) {
    private static final String PREFIX = "deploy:";

    /** {@code deploy:PROJECT:NAME}. No person or service can have that name: theirs have no colon. */
    public String identity() {
        return identity(project, name);
    }

    /** The fingerprint of the key. */
    public String fingerprint() {
        return key.fingerprint();
    }

    static String identity(String project, String name) {
        return PREFIX + project + ":" + name;
    }

    /** Whether the text has the form of a deploy key's identity. */
    static boolean isIdentity(String text) {
        int colon = text.lastIndexOf(':');
        return text.startsWith(PREFIX) && colon > PREFIX.length() && Identity.isName(text.substring(colon + 1));
    }

    /** What it may do, given what its creator may, groups included. */
    Principal principal(Principal creator) {
        Identity of = creator.identity();
        return new Principal(
                new Identity(identity(), Identity.Kind.DEPLOY_KEY, of.grants(), of.locked()),
                creator.groups(),
                new Credential(fingerprint(), Optional.of(scope.ceiling(project))));
    }

    /** The same without its creator. */
    DeployKey orphaned() {
        return new DeployKey(key, project, name, Optional.empty(), scope);
    }

    /** One that is to be made or changed. */
    public record Wanted(String project, String name, String creator, DeployScope scope) {
        DeployKey of(HeldKey held) {
            return new DeployKey(held.toRecord(), project, name, Optional.of(creator), scope);
        }
    }

    /** The deploy keys of the list by name. */
    static List<DeployKey> byName(List<DeployKey> keys) {
        return keys.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
    }
}
