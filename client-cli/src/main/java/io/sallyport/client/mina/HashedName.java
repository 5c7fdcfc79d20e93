package io.sallyport.client.mina;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The first field of a line of known hosts: {@code |1|SALT|HMAC-SHA1}, or patterns with commas between. */
final class HashedName {
    private static final String MAC = "HmacSHA1";

    private HashedName() {}

    /** Whether the field is for the name. */
    static boolean fits(String name, String field) {
        if (!field.startsWith("|")) {
            return WildcardList.fits(name, List.of(field.split(",")));
        }
        String[] parts = field.split("\\|");
        if (parts.length != 4 || !parts[1].equals("1")) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), MAC));
            byte[] hash = mac.doFinal(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IllegalArgumentException e) {
            return false; // not Base64
        }
    }
}
