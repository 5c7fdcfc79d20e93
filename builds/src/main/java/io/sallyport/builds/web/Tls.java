package io.sallyport.builds.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed: those of the authorities that Java knows, or of those in a file. Any thread. */
public final class Tls {
    private final X509ExtendedTrustManager authorities;

    private Tls(X509ExtendedTrustManager authorities) {
        this.authorities = authorities;
    }

    /**
     * Reads the authorities.
     *
     * @param file certificates in PEM form, which then are believed alone
     * @throws IOException when it cannot be read, or has no certificates in it
     */
    public static Tls open(Optional<Path> file) throws IOException {
        try {
            KeyStore store = file.isPresent() ? read(file.get()) : null;
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager found) {
                    return new Tls(found);
                }
            }
            throw new IllegalStateException("every Java has one");
        } catch (CertificateException e) {
            throw new IOException(file.map(Path::toString).orElse("Java's own authorities") + ": " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static @Nullable KeyStore read(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), each);
            }
        }
        if (store.size() == 0) {
            throw new CertificateException("there is no certificate in it");
        }
        return store;
    }

    /** For a connection to a host, whose certificate must have the host's name even if the connection is made to an address. */
    SSLContext context(String host) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new NamedServer(authorities, host)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }
}
