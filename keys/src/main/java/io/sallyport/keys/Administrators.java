package io.sallyport.keys;

import java.util.List;
import java.util.stream.Stream;

/** Who can let others in for good: whoever may manage identities, has a key that lets in, and is not break-glass. */
final class Administrators {
    private Administrators() {}

    /** Whether the identity is one, with those groups and keys. Revocations are not looked at. */
    static boolean isOne(Identity identity, List<Group> groups, Stream<KeyBlob> keys) {
        return !identity.name().equals(Identity.BREAK_GLASS)
                && new Principal(identity, groups, Credential.UNBOUNDED).isAdministrator()
                && keys.anyMatch(key -> !identity.verifyRequired() || key.type().onDevice());
    }
}
