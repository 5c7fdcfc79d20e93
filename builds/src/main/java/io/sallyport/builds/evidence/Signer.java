package io.sallyport.builds.evidence;

/** An Ed25519 key that signs for the gateway. Any number of threads may sign at a time. */
public interface Signer {
    /** The fingerprint of the key, {@code SHA256:} and unpadded base64. */
    String keyId();

    /** An armoured signature of a message as {@code ssh-keygen -Y sign} makes it (OpenSSH's PROTOCOL.sshsig). */
    String sshSignature(String namespace, byte[] message);

    /** The bare signature of bytes (RFC 8032), 64 bytes. */
    byte[] signature(byte[] bytes);
}
