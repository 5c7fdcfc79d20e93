package io.sallyport.gateway.policy;

import io.sallyport.keys.Grant;
import io.sallyport.keys.ProjectGlob;
import io.sallyport.keys.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the grants of an identity or a group. */
final class GrantReader {
    private static final List<String> FIELDS = List.of("role", "project", "deny");
    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Role::label).toList();

    private final Nodes nodes;
    private final Errors errors;

    GrantReader(Nodes nodes, Errors errors) {
        this.nodes = nodes;
        this.errors = errors;
    }

    List<Grant> read(String whose, Node list) {
        List<Node> items = nodes.items("grants of " + whose, list);
        if (items.size() > Grant.MOST) {
            errors.add(items.get(Grant.MOST).getStartMark(), whose + " has more than " + Grant.MOST + " grants");
        }
        List<Grant> grants = new ArrayList<>();
        items.forEach(item -> grant(whose, item).ifPresent(grants::add));
        return grants;
    }

    private Optional<Grant> grant(String whose, Node node) {
        Map<String, Node> fields = nodes.fields("a grant of " + whose, node, FIELDS);
        Node role = fields.get("role");
        Node deny = fields.get("deny");
        Grant.Effect effect = deny != null && nodes.flag("deny", deny) ? Grant.Effect.DENY : Grant.Effect.ALLOW;
        if (role == null) {
            if (node instanceof MappingNode) {
                errors.add(
                        node.getStartMark(),
                        "a grant of " + whose + " needs a role; there are " + String.join(", ", ROLES));
            }
            return Optional.empty();
        }
        return role(role).flatMap(known -> projects(known, node, fields).map(glob -> new Grant(effect, known, glob)));
    }

    private Optional<Role> role(Node node) {
        Optional<String> text = nodes.text("role", node);
        Optional<Role> role = text.flatMap(Role::parse);
        if (text.isPresent() && role.isEmpty()) {
            errors.add(node.getStartMark(), "no role " + Quoted.word(text.get()) + Errors.instead(text.get(), ROLES));
        }
        return role;
    }

    /** Where a role holds. There is no default for roles on projects: everywhere has to be said. */
    private Optional<ProjectGlob> projects(Role role, Node grant, Map<String, Node> fields) {
        Node project = fields.get("project");
        if (project == null) {
            if (role.ofHouse()) {
                return Optional.of(ProjectGlob.EVERY);
            }
            errors.add(
                    grant.getStartMark(),
                    "the grant of " + role.label() + " needs a project: a name, a glob such as team/*, or \"*\"");
            return Optional.empty();
        }
        Optional<String> text = nodes.text("project", project);
        Optional<ProjectGlob> glob = text.flatMap(ProjectGlob::parse);
        if (text.isPresent() && glob.isEmpty()) {
            errors.add(project.getStartMark(), Quoted.word(text.get()) + " is no name of a project and no glob");
        }
        if (glob.isPresent() && role.ofHouse() && !glob.get().equals(ProjectGlob.EVERY)) {
            errors.add(
                    project.getStartMark(),
                    "the role " + role.label() + " is not for one project: leave 'project' out");
            return Optional.empty();
        }
        return glob;
    }
}
