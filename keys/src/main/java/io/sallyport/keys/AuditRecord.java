package io.sallyport.keys;

/**
 * Who asked for what, from where, and what was decided. Holds no secret and no body.
 *
 * @param surface exec, sftp, subsystem or shell
 * @param source address and port of the peer
 * @param user the SSH user name given, which means nothing
 * @param identity who
 * @param fingerprint of the key that signed
 * @param verb asked for
 * @param request method and path
 * @param decision and the rule behind it
 */
public record AuditRecord(
        String surface,
        String source,
        String user,
        String identity,
        String fingerprint,
        Verb verb,
        String request,
        Decision decision) {}
