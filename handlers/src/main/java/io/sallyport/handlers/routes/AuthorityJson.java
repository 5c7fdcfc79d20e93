package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.keys.Authority;
import io.sallyport.keys.CertificateRecord;
import io.sallyport.keys.Revocations;
import java.math.BigInteger;

/** Certificate authorities, certificates and revocation lists as JSON. */
final class AuthorityJson {
    private AuthorityJson() {}

    static ObjectNode of(Authority authority, boolean own) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("fingerprint", authority.fingerprint())
                .put("type", authority.type())
                .put("name", authority.name());
        if (own) {
            json.put("own", true);
        }
        authority.notBefore().ifPresent(moment -> json.put("notBefore", Times.text(moment)));
        authority.notAfter().ifPresent(moment -> json.put("notAfter", Times.text(moment)));
        return json.put("added", Times.text(authority.added())).put("key", authority.line());
    }

    static ObjectNode of(CertificateRecord certificate) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("serial", new BigInteger(Long.toUnsignedString(certificate.serial())))
                .put("keyId", certificate.keyId())
                .put("authority", certificate.authority())
                .put("expires", Times.text(certificate.expires()));
    }

    static ObjectNode of(Revocations.Summary list) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("version", new BigInteger(Long.toUnsignedString(list.version())))
                .put("generated", Times.text(list.generated()))
                .put("comment", list.comment())
                .put("revoked", list.count());
        if (!list.signedBy().isEmpty()) {
            list.signedBy().forEach(json.putArray("signedBy")::add);
        }
        return json;
    }
}
