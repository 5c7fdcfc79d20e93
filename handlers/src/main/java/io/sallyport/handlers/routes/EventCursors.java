package io.sallyport.handlers.routes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Cursors as words that tell nothing, cannot be made up, and are of use to one identity alone. The same place is the same
 * word each time: the authentication code of what is inside is also the start of the key stream that hides it (as in
 * SIV, RFC 5297). May be used from any thread.
 */
final class EventCursors {
    private static final int TAG = 16;
    private static final int BODY = 2 * Long.BYTES + Integer.BYTES;

    private final byte[] authentication;
    private final byte[] encryption;

    /** With a secret that stays the same as long as cursors are to be understood. */
    EventCursors(byte[] secret) {
        this.authentication = code(secret, "authentication".getBytes(StandardCharsets.US_ASCII));
        this.encryption = code(secret, "encryption".getBytes(StandardCharsets.US_ASCII));
    }

    /** The word for an identity's cursor: 48 characters of base64url. */
    String write(String identity, EventCursor cursor) {
        byte[] body = ByteBuffer.allocate(BODY)
                .putLong(cursor.position())
                .putLong(cursor.number())
                .putInt(cursor.filter())
                .array();
        byte[] tag = tag(identity, body);
        byte[] word = Arrays.copyOf(tag, TAG + BODY);
        System.arraycopy(hidden(tag, body), 0, word, TAG, BODY);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(word);
    }

    /** The cursor that a word stands for; empty when it was not made here for that identity. */
    Optional<EventCursor> read(String identity, String text) {
        byte[] word;
        try {
            word = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (word.length != TAG + BODY) {
            return Optional.empty();
        }
        byte[] tag = Arrays.copyOf(word, TAG);
        byte[] body = hidden(tag, Arrays.copyOfRange(word, TAG, word.length));
        if (!MessageDigest.isEqual(tag, tag(identity, body))) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(body);
        return Optional.of(new EventCursor(fields.getLong(), fields.getLong(), fields.getInt()));
    }

    private byte[] tag(String identity, byte[] body) {
        return Arrays.copyOf(code(authentication, body, identity.getBytes(StandardCharsets.UTF_8)), TAG);
    }

    private static byte[] code(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC", e);
        }
    }

    /** Hides, and shows again. */
    private byte[] hidden(byte[] tag, byte[] body) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(encryption, "AES"), new IvParameterSpec(tag));
            return cipher.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }
}
