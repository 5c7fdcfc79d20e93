package io.sallyport.keys;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One section of a revocation list on certificates.
 *
 * @param authority whose certificates are meant; empty for those of all
 * @param serials in ranges
 * @param bitmaps serials as bits
 * @param keyIds exact words
 */
record RevokedCertificates(
        Optional<Fingerprint> authority, SerialRanges serials, List<Bitmap> bitmaps, Set<String> keyIds) {
    /** Bit n stands for the serial {@code first + n}. */
    record Bitmap(long first, BigInteger bits) {
        boolean contains(long serial) {
            long bit = serial - first;
            return Long.compareUnsigned(serial, first) >= 0
                    && Long.compareUnsigned(bit, bits.bitLength()) < 0
                    && bits.testBit((int) bit);
        }
    }

    /** Why a certificate is revoked; empty when it is not. A serial 0 stands for none, and is never listed. */
    Optional<String> covers(CertificateRecord certificate, Fingerprint signedBy) {
        if (authority.isPresent() && !authority.get().equals(signedBy)) {
            return Optional.empty();
        }
        if (keyIds.contains(certificate.keyId())) {
            return Optional.of("its key id has been revoked");
        }
        long serial = certificate.serial();
        return serials.contains(serial) || bitmaps.stream().anyMatch(bitmap -> bitmap.contains(serial))
                ? Optional.of("its serial number has been revoked")
                : Optional.empty();
    }

    int count() {
        return serials.count()
                + keyIds.size()
                + bitmaps.stream().mapToInt(bitmap -> bitmap.bits().bitCount()).sum();
    }
}
