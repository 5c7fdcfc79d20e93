package io.sallyport.keys;

import java.time.Instant;

/** A key as it is held in memory: small, and turned into its public form when it is asked for. */
record HeldKey(Fingerprint fingerprint, String identity, KeyBlob blob, String comment, long addedMillis) {
    PublicKeyRecord toRecord() {
        String type = blob.type().sshName();
        String line = blob.line() + (comment.isEmpty() ? "" : " " + comment);
        return new PublicKeyRecord(
                fingerprint.toString(), identity, type, line, comment, Instant.ofEpochMilli(addedMillis));
    }
}
