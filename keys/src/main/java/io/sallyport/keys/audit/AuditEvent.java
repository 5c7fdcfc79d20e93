package io.sallyport.keys.audit;

import io.sallyport.keys.CertificateRecord;
import io.sallyport.keys.Decision;
import io.sallyport.keys.Verb;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/** What is written down. Holds no secret and no body. */
public sealed interface AuditEvent {
    /** The gateway has opened its log; {@code version} is its own. */
    record Started(String version) implements AuditEvent {}

    /** The gateway has closed its log in good order. */
    record Stopped() implements AuditEvent {}

    /** A peer has proved to have an identity's key. */
    record LoggedIn(Origin origin, String identity, String fingerprint, Optional<CertificateRecord> certificate)
            implements AuditEvent {}

    /** A key was offered, signed for or only asked about (RFC 4252, section 7), that lets nobody in. */
    record LoginRefused(Origin origin, String fingerprint, Optional<CertificateRecord> certificate, String reason)
            implements AuditEvent {}

    /** A session that had logged in is over. */
    record LoggedOut(Origin origin, String identity, String fingerprint, Optional<CertificateRecord> certificate)
            implements AuditEvent {}

    /**
     * A request and what was decided about it, before anything is done.
     *
     * @param origin where from
     * @param identity who
     * @param fingerprint of the key that signed
     * @param certificate that let the key in, when it was one
     * @param surface exec, sftp, subsystem or shell
     * @param channel of the session, as the gateway numbers them
     * @param verb asked for; empty when the request means nothing here
     * @param request method and path
     * @param arguments their {@link Arguments#digest}; empty when there are none
     * @param decision and the rule behind it
     */
    record Asked(
            Origin origin,
            String identity,
            String fingerprint,
            Optional<CertificateRecord> certificate,
            String surface,
            long channel,
            Optional<Verb> verb,
            String request,
            String arguments,
            Decision decision)
            implements AuditEvent {}

    /**
     * What a request came to.
     *
     * @param of the sequence number of its {@link Asked}
     * @param status as in HTTP (RFC 9110)
     * @param in bytes of the body that were read
     * @param out bytes that were sent
     * @param waited from the request's arrival until it was handled
     * @param ran from then on until it was answered
     */
    record Answered(long of, int status, long in, long out, Duration waited, Duration ran) implements AuditEvent {}

    /**
     * Something else that an auditor wants to know, such as what was done by the owner of the state directory.
     *
     * @param what lower case, words parted by dashes
     * @param facts by name; names are letters
     */
    record Noted(String what, SortedMap<String, String> facts) implements AuditEvent {}
}
