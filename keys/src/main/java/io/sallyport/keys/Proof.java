package io.sallyport.keys;

import java.util.Optional;

/** What a login was signed with, as it was seen when its signature was checked. Never changes. */
public final class Proof {
    private final KeyBlob key;
    private final String fingerprint;
    private final Optional<CertificateRecord> certificate;
    private final boolean userVerified;

    Proof(KeyBlob key, Optional<CertificateRecord> certificate, boolean userVerified) {
        this.key = key;
        this.fingerprint = key.fingerprint().toString();
        this.certificate = certificate;
        this.userVerified = userVerified;
    }

    /** Of the key that signed, {@code SHA256:} and unpadded base64; with a certificate, of the key in it. */
    public String fingerprint() {
        return fingerprint;
    }

    /** The certificate that let the key in; empty when the key is known by itself. */
    public Optional<CertificateRecord> certificate() {
        return certificate;
    }

    /** Whether the device that holds the key has made sure of its user, by PIN or finger. */
    public boolean userVerified() {
        return userVerified;
    }

    KeyBlob key() {
        return key;
    }
}
