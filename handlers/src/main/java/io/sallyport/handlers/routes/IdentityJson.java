package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Nearest;
import io.sallyport.keys.Grant;
import io.sallyport.keys.Identity;
import io.sallyport.keys.ProjectGlob;
import io.sallyport.keys.PublicKeyRecord;
import io.sallyport.keys.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Identities, grants and keys as JSON, and back. */
final class IdentityJson {
    static final List<String> FIELDS = List.of("kind", "grants", "locked", "verifyRequired");

    private static final List<String> GRANT_FIELDS = List.of("role", "project", "deny");

    private IdentityJson() {}

    static ObjectNode of(Identity identity) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", identity.name());
        json.put("kind", identity.kind().label());
        json.put("locked", identity.locked());
        if (identity.verifyRequired()) {
            json.put("verifyRequired", true);
        }
        ArrayNode grants = json.putArray("grants");
        for (Grant grant : identity.grants()) {
            ObjectNode node = grants.addObject();
            if (grant.effect() == Grant.Effect.DENY) {
                node.put("deny", true);
            }
            node.put("role", grant.role().label());
            if (!grant.role().ofHouse()) {
                node.put("project", grant.projects().text());
            }
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
                grants(json.path("grants")),
                JsonBody.flag(json, "locked", false),
                JsonBody.flag(json, "verifyRequired", false));
    }

    private static List<Grant> grants(JsonNode json) throws JsonBody.Unusable {
        if (!json.isMissingNode() && !json.isArray()) {
            throw new JsonBody.Unusable("'grants' must be a list");
        }
        List<Grant> grants = new ArrayList<>();
        for (JsonNode item : json) {
            grants.add(grant(item));
        }
        return grants;
    }

    private static Grant grant(JsonNode json) throws JsonBody.Unusable {
        if (!json.isObject()) {
            throw new JsonBody.Unusable("a grant is an object with " + String.join(", ", GRANT_FIELDS));
        }
        JsonBody.requireKnown(json, GRANT_FIELDS);
        Role role = role(JsonBody.text(json, "role", ""));
        boolean deny = JsonBody.flag(json, "deny", false);
        return new Grant(deny ? Grant.Effect.DENY : Grant.Effect.ALLOW, role, glob(json, role));
    }

    /** Where a role holds. There is no default for roles on projects: everywhere has to be said. */
    private static ProjectGlob glob(JsonNode json, Role role) throws JsonBody.Unusable {
        String text = JsonBody.text(json, "project", role.ofHouse() ? ProjectGlob.EVERY.text() : "");
        if (text.isEmpty()) {
            throw new JsonBody.Unusable(
                    "the grant of " + role.label() + " needs a 'project': a name, a glob such as team/*, or *");
        }
        ProjectGlob glob = ProjectGlob.parse(text)
                .orElseThrow(() -> new JsonBody.Unusable("'" + text + "' is no name of a project and no glob"));
        if (role.ofHouse() && !glob.equals(ProjectGlob.EVERY)) {
            throw new JsonBody.Unusable("the role " + role.label() + " is not for one project: leave 'project' out");
        }
        return glob;
    }

    private static Role role(String label) throws JsonBody.Unusable {
        List<String> labels = Arrays.stream(Role.values()).map(Role::label).toList();
        return Role.parse(label)
                .orElseThrow(() -> new JsonBody.Unusable("no role '" + label + "'"
                        + Nearest.to(label, labels)
                                .map(near -> ", did you mean '" + near + "'?")
                                .orElse("; there are " + String.join(", ", labels))));
    }
}
