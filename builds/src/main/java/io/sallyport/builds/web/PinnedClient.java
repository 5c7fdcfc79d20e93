package io.sallyport.builds.web;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/**
 * Makes requests to an address that was looked at, not to a name that could stand for another one by then. Follows no
 * redirects, uses no proxy and no cookies. Any thread.
 */
public final class PinnedClient {
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");

    private final Tls tls;
    private final Duration connecting;

    /**
     * Makes such requests.
     *
     * @param tls whose certificates are believed
     * @param connecting how long that may take
     */
    public PinnedClient(Tls tls, Duration connecting) {
        // The connection is made to an address; who is meant there has to be said, which Java allows on request only.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        this.tls = tls;
        this.connecting = connecting;
    }

    /** Whether a host in an address of the web is an address in numbers. */
    static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }

    /** A client for the host of that address of the web; its user closes it. */
    public HttpClient client(URI url) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(connecting)
                .executor(task -> Thread.ofVirtual().start(task));
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (Destinations.isTls(url)) {
            SSLParameters parameters = new SSLParameters();
            if (!isAddress(host)) {
                parameters.setServerNames(List.of(new SNIHostName(host)));
            }
            builder.sslContext(tls.context(host)).sslParameters(parameters);
        }
        return builder.build();
    }

    /** The beginning of a request to that place, at one of the addresses of its host. */
    public static HttpRequest.Builder request(URI url, InetAddress address) {
        return HttpRequest.newBuilder(at(url, address))
                .header("Host", url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort());
    }

    /** The same with the address in place of the name. */
    private static URI at(URI url, InetAddress address) {
        String number = address.getHostAddress();
        int zone = number.indexOf('%');
        String bare = zone < 0 ? number : number.substring(0, zone);
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return URI.create(url.getScheme() + "://" + (bare.indexOf(':') < 0 ? bare : "[" + bare + "]")
                + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + path
                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
    }
}
