package io.sallyport.keys;

import java.util.Optional;
import java.util.Set;

/**
 * What a login was signed with.
 *
 * @param fingerprint of the public key, {@code SHA256:} and unpadded base64 as OpenSSH prints it
 * @param ceiling what the credential may be used for at most; empty for no ceiling below the identity's grants
 */
public record Credential(String fingerprint, Optional<Ceiling> ceiling) {
    /**
     * A bound on what a credential may do, whatever its identity may.
     *
     * @param verbs that are within it
     * @param projects that are within it
     */
    public record Ceiling(Set<Verb> verbs, ProjectGlob projects) {
        boolean covers(Verb verb, Resource what) {
            return verbs.contains(verb)
                    && what.inProject().map(projects::matches).orElse(true);
        }
    }
}
