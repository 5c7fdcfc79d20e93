package io.sallyport.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** A certificate for the host key, made by somebody else's authority, that clients may know instead of the key. */
public final class HostCertificate {
    private static final int LARGEST_FILE = 64 * 1024;

    private HostCertificate() {}

    /**
     * Reads the certificate, as {@code ssh-keygen -s CA -h} writes it.
     *
     * @return empty when there is no such file
     * @throws KeyFileException when it is no host certificate of this key
     * @throws IOException when the file cannot be read
     */
    public static Optional<OpenSshCertificate> load(Path file, HostKey key) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > LARGEST_FILE) {
            throw new KeyFileException(file, "is too large to be a certificate");
        }
        String line = Files.readString(file).strip();
        try {
            check(file, Certificate.read(Base64.getDecoder().decode(word(line))), key);
            return Optional.of((OpenSshCertificate)
                    PublicKeyEntry.parsePublicKeyEntry(line).resolvePublicKey(null, null, null));
        } catch (WireReader.Malformed e) {
            throw new KeyFileException(file, "is no certificate: " + e.reason());
        } catch (IllegalArgumentException | GeneralSecurityException | ClassCastException e) {
            KeyFileException refused = new KeyFileException(file, "is no certificate");
            refused.initCause(e);
            throw refused;
        }
    }

    private static void check(Path file, Certificate certificate, HostKey key) throws KeyFileException {
        if (certificate.kind() != Certificate.HOST) {
            throw new KeyFileException(file, "is not a host certificate; make one with ssh-keygen -h");
        }
        if (!certificate.key().fingerprint().toString().equals(key.fingerprint())) {
            throw new KeyFileException(file, "is of another key than the host key; make a new one, or remove it");
        }
        String algorithm = SignatureCheck.algorithm(certificate.signature());
        if (SignatureCheck.of(certificate.authority(), algorithm, certificate.signed(), certificate.signature())
                == SignatureCheck.BAD) {
            throw new KeyFileException(file, "is not signed by the authority that it names");
        }
    }

    private static String word(String line) {
        String[] words = line.split(" ", 3);
        return words.length < 2 ? "" : words[1];
    }
}
