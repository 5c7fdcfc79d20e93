package io.sallyport.builds.web;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Believes a server that is the one of a name. A connection is made to an address that was looked at, not to a name; Java
 * would then be content with a certificate for that address, which says nothing of the name.
 */
final class NamedServer extends X509ExtendedTrustManager {
    private static final int DNS_NAME = 2; // RFC 5280, section 4.2.1.6
    private static final String ANY = "*.";

    private final X509ExtendedTrustManager authorities;
    private final String host;

    /** For a name, or an address that was itself what was asked for. */
    NamedServer(X509ExtendedTrustManager authorities, String host) {
        this.authorities = authorities;
        this.host = host;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (!PinnedClient.isAddress(host) && names(chain[0]).stream().noneMatch(this::isOurs)) {
            throw new CertificateException("the certificate is not for " + host);
        }
        authorities.checkServerTrusted(chain, authType, engine);
    }

    private static List<String> names(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        return all == null
                ? List.of()
                : all.stream()
                        .filter(name -> Integer.valueOf(DNS_NAME).equals(name.getFirst()))
                        .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                        .toList();
    }

    /** A wildcard stands for the first part of a name, as a whole (RFC 9525, section 6.3). */
    private boolean isOurs(String name) {
        int dot = host.indexOf('.');
        return name.equals(host)
                || (name.startsWith(ANY) && dot > 0 && name.substring(1).equals(host.substring(dot)));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("only engines are used");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("only engines are used");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("there are no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("there are no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("there are no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
