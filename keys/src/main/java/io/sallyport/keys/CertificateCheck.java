package io.sallyport.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a user certificate must be like, apart from being revoked and from whom it stands for. Pure. */
final class CertificateCheck {
    /** The longest time for which a certificate may be valid. */
    static final Duration LONGEST = Duration.ofHours(24);

    /** {@code ssh-keygen -V +24h} begins at the full minute before the last, against clocks that differ. */
    private static final Duration BACKDATED = Duration.ofMinutes(2);

    private CertificateCheck() {}

    /** What is wrong with it, in words for a log; empty when nothing is. */
    static Optional<String> fault(Certificate certificate, String source, Instant now) {
        if (certificate.kind() != Certificate.USER) {
            return Optional.of("not a user certificate");
        }
        String algorithm = SignatureCheck.algorithm(certificate.signature());
        if (SignatureCheck.of(certificate.authority(), algorithm, certificate.signed(), certificate.signature())
                == SignatureCheck.BAD) {
            return Optional.of("not signed by the authority that it names");
        }
        if (certificate.serial() == 0) {
            return Optional.of("no serial number");
        }
        if (certificate.keyId().isBlank()) {
            return Optional.of("no key id");
        }
        if (certificate.principals().size() != 1) {
            return Optional.of(certificate.principals().size() + " principals, exactly one is needed");
        }
        return time(certificate, now).or(() -> critical(certificate, source));
    }

    private static Optional<String> time(Certificate certificate, Instant now) {
        long from = certificate.validAfter();
        long until = certificate.validBefore();
        if (from < 0 || until < 0 || until <= from) {
            return Optional.of("valid for ever, or never");
        }
        if (until - from > LONGEST.plus(BACKDATED).toSeconds()) {
            return Optional.of("valid for more than 24 hours");
        }
        if (now.getEpochSecond() < from) {
            return Optional.of("not valid yet");
        }
        return now.getEpochSecond() >= until ? Optional.of("expired") : Optional.empty();
    }

    private static Optional<String> critical(Certificate certificate, String source) {
        for (Map.Entry<String, byte[]> option : certificate.critical().entrySet()) {
            Optional<String> fault = switch (option.getKey()) {
                case "source-address" -> source(option.getValue(), source);
                case "verify-required" -> verification(certificate, option.getValue());
                case "force-command" -> Optional.of("force-command, which is not possible here");
                default -> Optional.of("the unknown critical option " + option.getKey());
            };
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> source(byte[] value, String source) {
        try {
            WireReader wire = new WireReader(value);
            String[] ranges = wire.text("source-address").split(",", -1);
            wire.requireEnd("source-address");
            if (!Stream.of(ranges).allMatch(range -> Network.parse(range).isPresent())) {
                return Optional.of("a source-address that is not in CIDR notation");
            }
            boolean inside = Stream.of(ranges)
                    .flatMap(range -> Network.parse(range).stream())
                    .anyMatch(network -> network.contains(source));
            return inside ? Optional.empty() : Optional.of("not for this source address");
        } catch (WireReader.Malformed e) {
            return Optional.of(e.reason());
        }
    }

    private static Optional<String> verification(Certificate certificate, byte[] value) {
        if (value.length > 0) {
            return Optional.of("verify-required with a value");
        }
        return certificate.key().type().onDevice()
                ? Optional.empty()
                : Optional.of("verify-required for a key that is not on a security key");
    }
}
