package io.sallyport.handlers;

/**
 * Who is at the other end, as far as a surface knows; everything about rights is asked anew for each request.
 *
 * @param identity the name bound to the session when it logged in
 * @param fingerprint of the key that signed
 * @param surface exec, sftp, subsystem or shell
 * @param source address and port of the peer
 * @param user the SSH user name given, recorded and otherwise meaningless
 */
public record Caller(String identity, String fingerprint, String surface, String source, String user) {}
