package io.sallyport.keys;

import java.time.Instant;

/**
 * What a certificate that has let somebody in says of itself.
 *
 * @param serial given by its authority, an unsigned number, never 0
 * @param keyId words of its authority, never empty
 * @param authority fingerprint of the key that signed it, {@code SHA256:} and unpadded base64
 * @param expires the first moment at which it is not valid any more
 */
public record CertificateRecord(long serial, String keyId, String authority, Instant expires) {}
