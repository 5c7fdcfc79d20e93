package io.sallyport.builds.executor.docker;

import com.github.dockerjava.core.LocalDirectorySSLConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * What this gateway shows to an engine on the network, and whom it believes to be one.
 *
 * @param path of {@code ca.pem}, {@code cert.pem} and {@code key.pem}
 */
record TlsFolder(Path path) {
    private static final List<String> FILES = List.of("ca.pem", "cert.pem", "key.pem");
    private static final List<String> CERTIFICATES = List.of("ca.pem", "cert.pem");

    /**
     * Reads it anew.
     *
     * @throws IOException when something is missing, cannot be read, or is out of date: an engine would only break off
     */
    SSLContext context() throws IOException {
        for (String file : FILES) { // without them the library would do without TLS
            if (!Files.isReadable(path.resolve(file))) {
                throw new IOException("there is no " + file + " that can be read in " + path);
            }
        }
        for (String file : CERTIFICATES) {
            checkDates(path.resolve(file));
        }
        SSLContext context = new LocalDirectorySSLConfig(path.toString()).getSSLContext();
        if (context == null) {
            throw new IOException("the certificates in " + path + " cannot be used");
        }
        return context;
    }

    /** Of the first certificate in a file, which is the one that counts. Without the causes, which say less. */
    private static void checkDates(Path file) throws IOException {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
            Instant now = Instant.now();
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            if (now.isAfter(until)) {
                throw new IOException("the certificate in " + file + " has expired, at " + until);
            }
            if (now.isBefore(from)) {
                throw new IOException("the certificate in " + file + " is valid only from " + from + " on");
            }
        } catch (CertificateException e) {
            throw new IOException("there is no certificate in " + file);
        }
    }
}
