package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.keys.Group;
import io.sallyport.keys.Identity;
import io.sallyport.keys.PublicKeyRecord;
import java.util.List;

/** Identities and keys as JSON, and back. */
final class IdentityJson {
    static final List<String> FIELDS = List.of("kind", "grants", "locked", "verifyRequired");

    private IdentityJson() {}

    /** An identity with all its grants; those that it has of a group name it. */
    static ObjectNode of(Identity identity, List<Group> groups) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", identity.name());
        json.put("kind", identity.kind().label());
        json.put("locked", identity.locked());
        if (identity.verifyRequired()) {
            json.put("verifyRequired", true);
        }
        ArrayNode grants = json.putArray("grants");
        GrantJson.add(grants, identity.grants());
        GrantJson.addOf(grants, groups);
        if (!groups.isEmpty()) {
            ArrayNode names = json.putArray("groups");
            groups.forEach(group -> names.add(group.name()));
        }
        return json;
    }

    static ObjectNode of(PublicKeyRecord key) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("fingerprint", key.fingerprint())
                .put("identity", key.identity())
                .put("type", key.type())
                .put("comment", key.comment())
                .put("added", Times.text(key.added()));
    }

    static Identity identity(String name, JsonNode json) throws JsonBody.Unusable {
        String kind = JsonBody.text(json, "kind", Identity.Kind.PERSON.label());
        Identity.Kind known = Identity.Kind.parse(kind)
                .orElseThrow(() -> new JsonBody.Unusable("'kind' is person or service, not '" + kind + "'"));
        return new Identity(
                name,
                known,
                GrantJson.of(json),
                JsonBody.flag(json, "locked", false),
                JsonBody.flag(json, "verifyRequired", false));
    }
}
