package io.sallyport.keys;

import java.util.Optional;

/** What became of a key or certificate that somebody has presented at the door, signed or not. */
public sealed interface Presented {
    /**
     * It does not let in. All of this is for the log, not for the peer.
     *
     * @param fingerprint of the key; empty for what is no key
     * @param certificate what it says of itself, which need not be true
     * @param reason why
     */
    record Refused(String fingerprint, Optional<CertificateRecord> certificate, String reason) implements Presented {}

    /** It lets in as an identity whoever signs with its key; see {@link #verify}. */
    final class Acceptable implements Presented {
        private final String identity;
        private final KeyBlob key;
        private final Optional<CertificateRecord> certificate;
        private final String algorithm;
        private final boolean verification;

        Acceptable(
                String identity,
                KeyBlob key,
                Optional<CertificateRecord> certificate,
                String algorithm,
                boolean verification) {
            this.identity = identity;
            this.key = key;
            this.certificate = certificate;
            this.algorithm = algorithm;
            this.verification = verification;
        }

        /** Whom it stands for. */
        public String identity() {
            return identity;
        }

        /** What its certificate says, when it is one. */
        public Optional<CertificateRecord> certificate() {
            return certificate;
        }

        /** Of its key. */
        public String fingerprint() {
            return key.fingerprint().toString();
        }

        /** Checks a signature over the data; empty when it is wrong, or made without its user being verified as asked. */
        public Optional<Proof> verify(byte[] data, byte[] signature) {
            SignatureCheck check = SignatureCheck.of(key, algorithm, data, signature);
            boolean verified = check == SignatureCheck.GOOD_AND_VERIFIED;
            return check == SignatureCheck.BAD || (verification && !verified)
                    ? Optional.empty()
                    : Optional.of(new Proof(key, certificate, verified));
        }
    }
}
