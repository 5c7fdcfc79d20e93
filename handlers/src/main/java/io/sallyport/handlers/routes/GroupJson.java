package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.keys.Group;
import io.sallyport.keys.Groups;
import java.util.List;

/** Groups as JSON, and back. */
final class GroupJson {
    static final List<String> FIELDS = List.of("members", "grants");

    private GroupJson() {}

    static ObjectNode of(Group group) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", group.name());
        ArrayNode members = json.putArray("members");
        group.members().forEach(members::add);
        GrantJson.add(json.putArray("grants"), group.grants());
        return json;
    }

    static Group group(String name, JsonNode json) throws JsonBody.Unusable {
        return new Group(name, JsonBody.texts(json, "members", Groups.MOST_MEMBERSHIPS), GrantJson.of(json));
    }
}
