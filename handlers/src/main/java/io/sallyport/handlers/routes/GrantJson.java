package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Nearest;
import io.sallyport.keys.Grant;
import io.sallyport.keys.Group;
import io.sallyport.keys.ProjectGlob;
import io.sallyport.keys.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Grants as JSON, and back. */
final class GrantJson {
    /** What stands in an identity or a group, for the help. */
    static final String FORM = "grants [{role, project, deny}]";

    private static final List<String> FIELDS = List.of("role", "project", "deny");

    private GrantJson() {}

    /** The grants of an identity or a group itself. */
    static void add(ArrayNode list, List<Grant> grants) {
        grants.forEach(grant -> add(list, grant));
    }

    /** What an identity has of its groups. */
    static void addOf(ArrayNode list, List<Group> groups) {
        for (Group group : groups) {
            group.grants().forEach(grant -> add(list, grant).put("group", group.name()));
        }
    }

    private static ObjectNode add(ArrayNode list, Grant grant) {
        ObjectNode node = list.addObject();
        if (grant.effect() == Grant.Effect.DENY) {
            node.put("deny", true);
        }
        node.put("role", grant.role().label());
        if (!grant.role().ofHouse()) {
            node.put("project", grant.projects().text());
        }
        return node;
    }

    /** The field {@code grants} of an object; none when it is not there. */
    static List<Grant> of(JsonNode object) throws JsonBody.Unusable {
        JsonNode json = object.path("grants");
        if (!json.isMissingNode() && !json.isArray()) {
            throw new JsonBody.Unusable("'grants' must be a list");
        }
        if (json.size() > Grant.MOST) {
            throw new JsonBody.Unusable("more than " + Grant.MOST + " grants");
        }
        List<Grant> grants = new ArrayList<>();
        for (JsonNode item : json) {
            grants.add(grant(item));
        }
        return grants;
    }

    private static Grant grant(JsonNode json) throws JsonBody.Unusable {
        if (!json.isObject()) {
            throw new JsonBody.Unusable("a grant is an object with " + String.join(", ", FIELDS));
        }
        if (json.path("group").isTextual()) {
            String group = json.path("group").textValue();
            throw new JsonBody.Unusable("a grant of the group '" + group + "' is changed with PUT /groups/" + group
                    + ": leave it out here");
        }
        JsonBody.requireKnown(json, FIELDS);
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
