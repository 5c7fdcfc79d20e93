package io.sallyport.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A change of who is let in and what they may, as it is told to others.
 *
 * @param kind of change
 * @param project that a deploy key belongs to; empty for all else
 * @param by who made it: an identity, or {@code init}, {@code break-glass}, {@code gateway}
 * @param facts what was changed: a small object without anything secret
 */
public record KeyChange(Kind kind, Optional<String> project, String by, ObjectNode facts) {
    /** A grant is a few dozen characters, and who has more than this is best looked at as a whole. */
    private static final int MOST_GRANTS = 100;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** What can change. The names are stored. */
    public enum Kind {
        /** There is a new identity. */
        IDENTITY_CREATED,
        /** An identity has been put in place of one of its name. */
        IDENTITY_CHANGED,
        /** An identity is gone, with its keys. */
        IDENTITY_REMOVED,
        /** There is a new group. */
        GROUP_CREATED,
        /** A group has other members or grants. */
        GROUP_CHANGED,
        /** A group is gone; its members stay. */
        GROUP_REMOVED,
        /** A key lets in an identity. */
        KEY_ADDED,
        /** A key lets in no more. */
        KEY_REMOVED,
        /** A deploy key is there. */
        DEPLOY_KEY_ADDED,
        /** A deploy key has another name, creator or scope. */
        DEPLOY_KEY_CHANGED,
        /** A deploy key lets in no more. */
        DEPLOY_KEY_REMOVED,
        /** A certificate authority is trusted. */
        AUTHORITY_ADDED,
        /** An authority is trusted under another name or for another time. */
        AUTHORITY_CHANGED,
        /** An authority is trusted no more. */
        AUTHORITY_REMOVED,
        /** The gateway's own authority has signed a certificate. */
        CERTIFICATE_ISSUED,
        /** Another revocation list is in force. */
        REVOCATIONS_CHANGED;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    static KeyChange identity(Kind kind, Identity identity, String by) {
        ObjectNode facts = none().put("identity", identity.name())
                .put("kind", identity.kind().label())
                .put("locked", identity.locked());
        if (identity.verifyRequired()) {
            facts.put("verifyRequired", true);
        }
        grants(facts, identity.grants());
        return new KeyChange(kind, Optional.empty(), by, facts);
    }

    static KeyChange identityRemoved(String name, String by) {
        return new KeyChange(Kind.IDENTITY_REMOVED, Optional.empty(), by, none().put("identity", name));
    }

    static KeyChange group(Kind kind, Group group, String by) {
        ObjectNode facts =
                none().put("group", group.name()).put("members", group.members().size());
        grants(facts, group.grants());
        return new KeyChange(kind, Optional.empty(), by, facts);
    }

    static KeyChange groupRemoved(String name, String by) {
        return new KeyChange(Kind.GROUP_REMOVED, Optional.empty(), by, none().put("group", name));
    }

    private static void grants(ObjectNode facts, List<Grant> grants) {
        ArrayNode words = facts.putArray("grants");
        grants.stream().limit(MOST_GRANTS).forEach(grant -> words.add(grant.toString()));
    }

    static KeyChange key(Kind kind, HeldKey key, String by) {
        return new KeyChange(
                kind,
                Optional.empty(),
                by,
                none().put("identity", key.identity())
                        .put("fingerprint", key.fingerprint().toString()));
    }

    static KeyChange deployKey(Kind kind, DeployKey key, String by) {
        return new KeyChange(
                kind,
                Optional.of(key.project()),
                by,
                none().put("identity", key.identity()).put("fingerprint", key.fingerprint()));
    }

    static KeyChange authority(Kind kind, String fingerprint, String name, String by) {
        return new KeyChange(
                kind,
                Optional.empty(),
                by,
                none().put("fingerprint", fingerprint).put("name", name));
    }

    static KeyChange certificate(CertificateRecord certificate, Identity identity) {
        return new KeyChange(
                Kind.CERTIFICATE_ISSUED,
                Optional.empty(),
                identity.name(),
                none().put("identity", identity.name())
                        .put("serial", Long.toUnsignedString(certificate.serial()))
                        .put("authority", certificate.authority())
                        .put("expires", TIME.format(certificate.expires())));
    }

    static KeyChange revocations(Krl list, String by) {
        return new KeyChange(
                Kind.REVOCATIONS_CHANGED,
                Optional.empty(),
                by,
                none().put("version", Long.toUnsignedString(list.version())).put("revoked", list.count()));
    }

    private static ObjectNode none() {
        return JsonNodeFactory.instance.objectNode();
    }
}
