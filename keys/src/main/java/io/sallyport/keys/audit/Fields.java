package io.sallyport.keys.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.keys.CertificateRecord;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The members of each type of record, in their order. What is absent is left out. */
final class Fields {
    static final String TYPE = "type";

    private Fields() {}

    /** An event's members. */
    static ObjectNode of(AuditEvent event) {
        return switch (event) {
            case AuditEvent.Started started -> type("start").put("version", started.version());
            case AuditEvent.Stopped stopped -> type("stop");
            case AuditEvent.LoggedIn login ->
                signer(
                        origin(type("login"), login.origin()),
                        login.identity(),
                        login.fingerprint(),
                        login.certificate());
            case AuditEvent.LoginRefused refused ->
                key(origin(type("login-refused"), refused.origin()), refused.fingerprint(), refused.certificate())
                        .put("reason", Visible.text(refused.reason()));
            case AuditEvent.LoggedOut logout ->
                signer(
                        origin(type("logout"), logout.origin()),
                        logout.identity(),
                        logout.fingerprint(),
                        logout.certificate());
            case AuditEvent.Asked asked -> asked(asked);
            case AuditEvent.Answered answered -> answered(answered);
            case AuditEvent.Noted noted -> noted(noted);
        };
    }

    /** A record that has no other members yet. */
    static ObjectNode type(String type) {
        return JsonNodeFactory.instance.objectNode().put(TYPE, type);
    }

    private static ObjectNode asked(AuditEvent.Asked asked) {
        ObjectNode json = origin(type("request"), asked.origin()).put("channel", asked.channel());
        signer(json, asked.identity(), asked.fingerprint(), asked.certificate()).put("surface", asked.surface());
        asked.verb().ifPresent(verb -> json.put("verb", verb.label()));
        json.put("request", Visible.text(asked.request()));
        if (!asked.arguments().isEmpty()) {
            json.put("arguments", asked.arguments());
        }
        return json.put("decision", asked.decision().allowed() ? "allow" : "deny")
                .put("rule", Visible.text(asked.decision().rule()));
    }

    private static ObjectNode answered(AuditEvent.Answered answered) {
        return type("result")
                .put("of", answered.of())
                .put("status", answered.status())
                .put("in", answered.in())
                .put("out", answered.out())
                .put("waitMicros", micros(answered.waited()))
                .put("runMicros", micros(answered.ran()));
    }

    private static ObjectNode noted(AuditEvent.Noted noted) {
        ObjectNode json = type(noted.what());
        ObjectNode facts = json.putObject("facts");
        for (Map.Entry<String, String> fact : noted.facts().entrySet()) {
            facts.put(fact.getKey(), Visible.text(fact.getValue()));
        }
        return json;
    }

    private static ObjectNode origin(ObjectNode json, Origin origin) {
        return json.put("source", origin.source())
                .put("session", origin.session())
                .put("user", Visible.text(origin.user()));
    }

    private static ObjectNode signer(
            ObjectNode json, String identity, String fingerprint, Optional<CertificateRecord> certificate) {
        return key(json.put("identity", identity), fingerprint, certificate);
    }

    private static ObjectNode key(ObjectNode json, String fingerprint, Optional<CertificateRecord> certificate) {
        json.put("fingerprint", fingerprint);
        certificate.ifPresent(facts -> json.putObject("certificate")
                .put("serial", new BigInteger(Long.toUnsignedString(facts.serial())))
                .put("keyId", Visible.text(facts.keyId()))
                .put("authority", facts.authority()));
        return json;
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1000;
    }
}
