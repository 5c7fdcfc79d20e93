package io.sallyport.keys.audit;

/**
 * The connection that something came over.
 *
 * @param source address and port of the peer
 * @param session short name of the SSH session, the same in all its records
 * @param user the SSH user name given, which means nothing
 */
public record Origin(String source, String session, String user) {}
