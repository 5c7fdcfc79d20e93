package io.sallyport.builds.secret;

/** A value that has been sealed: a number that a key never takes twice, the bytes, and a tag that tells whether they are true. */
final class Sealed {
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private final byte[] bytes;

    /** As it is kept; the bytes are not to be changed any more. */
    Sealed(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How long the value is, which a seal does not hide. */
    int length() {
        return Math.max(0, bytes.length - NONCE_BYTES - TAG_BYTES);
    }
}
