package io.sallyport.keys;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a login was signed with.
 *
 * @param fingerprint of the public key, {@code SHA256:} and unpadded base64 as OpenSSH prints it
 * @param certificate that let the key in, when it was one
 * @param ceiling what the credential may be used for at most; empty for no ceiling below the identity's grants
 */
public record Credential(String fingerprint, Optional<CertificateRecord> certificate, Optional<Ceiling> ceiling) {
    /** Stands for any credential, to ask what an identity may. */
    public static final Credential UNBOUNDED = new Credential("", Optional.empty());

    /** A key that lets in by itself. */
    public Credential(String fingerprint, Optional<Ceiling> ceiling) {
        this(fingerprint, Optional.empty(), ceiling);
    }

    /**
     * A bound on what a credential may do, whatever its identity may.
     *
     * @param verbs that are within it
     * @param projects that are within it
     * @param refs branches and tags that it may have built; none for every one that is not protected
     */
    public record Ceiling(Set<Verb> verbs, ProjectGlob projects, List<RefGlob> refs) {
        /** Keeps both from changing. */
        public Ceiling {
            verbs = Set.copyOf(verbs);
            refs = List.copyOf(refs);
        }

        /** A bound that lets every branch and tag be built. */
        public Ceiling(Set<Verb> verbs, ProjectGlob projects) {
            this(verbs, projects, List.of());
        }

        boolean covers(Verb verb, Resource what) {
            return verbs.contains(verb)
                    && what.inProject().map(projects::matches).orElse(true)
                    && (!builds(verb) || coversRef(what))
                    && (verb != Verb.SUBMIT_PROTECTED || namesRef(what));
        }

        /** A bound that lets everything be built was not made with what is protected in mind. */
        private boolean namesRef(Resource what) {
            return what.ofRef()
                    .filter(ref -> refs.stream().anyMatch(glob -> glob.names(ref)))
                    .isPresent();
        }

        private boolean coversRef(Resource what) {
            return refs.isEmpty()
                    || what.ofRef().filter(ref -> RefGlob.any(refs, ref)).isPresent();
        }

        private static boolean builds(Verb verb) {
            return verb == Verb.SUBMIT_BUILD || verb == Verb.RETRY_BUILD || verb == Verb.RETRY_OWN_BUILD;
        }
    }
}
