package io.sallyport.handlers;

import io.sallyport.keys.Proof;
import io.sallyport.keys.audit.Origin;

/**
 * Who is at the other end, as far as a surface knows; everything about rights is asked anew for each request.
 *
 * @param identity the name bound to the session when it logged in
 * @param proof what signed
 * @param surface exec, forwarded, sftp, subsystem or shell
 * @param origin the connection
 * @param channel of the session, as the gateway numbers them
 */
public record Caller(String identity, Proof proof, String surface, Origin origin, long channel) {
    /** The surface of one request for each channel. */
    public static final String EXEC = "exec";

    /** That of connections to ports of jobs. */
    public static final String FORWARDED = "forwarded";

    /** The surface that carries lines of JSON and nothing else. */
    public static final String SUBSYSTEM = "subsystem";

    /** Of the key that signed. */
    public String fingerprint() {
        return proof.fingerprint();
    }

    /** The address of the peer in numbers, without its port. */
    public String address() {
        String source = origin.source();
        int port = source.lastIndexOf(':');
        String host = port < 0 ? source : source.substring(0, port);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
