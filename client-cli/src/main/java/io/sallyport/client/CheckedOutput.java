package io.sallyport.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Counts and hashes the bytes that the stream below has taken. Used by one thread. */
final class CheckedOutput extends FilterOutputStream {
    private final MessageDigest digest;
    private long count;
    private @Nullable Artifact expected;

    CheckedOutput(OutputStream out) {
        super(out);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Bytes written so far. */
    long count() {
        return count;
    }

    /** From now on takes no bytes that an artifact does not have: more than its size is {@link ClientException.Damaged}. */
    void expect(Artifact artifact) {
        expected = artifact;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (expected != null && length > expected.size() - count) {
            String size = expected.size() + " bytes";
            throw new ClientException.Damaged(expected.path(), size, "more than " + size);
        }
        out.write(bytes, offset, length);
        digest.update(bytes, offset, length);
        count += length;
    }

    /** Compares what was written with what it should be. Ends the hashing: call it once. */
    void verify(Artifact artifact) throws ClientException {
        if (count != artifact.size()) {
            throw new ClientException.Damaged(artifact.path(), artifact.size() + " bytes", count + " bytes");
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        if (!actual.equals(artifact.sha256())) {
            throw new ClientException.Damaged(artifact.path(), "sha256 " + artifact.sha256(), "sha256 " + actual);
        }
    }
}
