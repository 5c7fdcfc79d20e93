package io.sallyport.gateway.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Who sits before a dashboard. Only decides which keys are offered: what is allowed is decided when something is asked.
 *
 * @param roles of any grant, one's own or a group's
 */
public record Who(String identity, Set<String> roles) {
    /** As {@code GET /whoami} has it. */
    public static Who of(JsonNode json) {
        Set<String> roles = new HashSet<>();
        collect(json, roles);
        if (json.path("kind").asText().equals("deploy-key")) {
            roles.add("builder");
        }
        return new Who(json.path("identity").asText(), Set.copyOf(roles));
    }

    private static void collect(JsonNode json, Set<String> roles) {
        if (json.isObject() && json.has("role") && !json.path("deny").asBoolean()) {
            roles.add(json.path("role").asText());
        }
        json.forEach(member -> collect(member, roles));
    }

    /** Whether it makes sense to offer what changes builds. */
    public boolean builds() {
        return roles.contains("builder") || roles.contains("maintainer");
    }

    /** Whether connections may be seen. */
    public boolean administers() {
        return roles.contains("admin");
    }

    /** Whether the audit log may be read. */
    public boolean audits() {
        return roles.contains("auditor");
    }
}
