package io.sallyport.gateway.policy;

import io.sallyport.builds.Nearest;
import io.sallyport.keys.Group;
import io.sallyport.keys.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** Reads groups, given the names of all identities. */
final class GroupReader {
    private static final List<String> FIELDS = List.of("members", "grants");

    private final Nodes nodes;
    private final Errors errors;
    private final GrantReader grants;
    private final Set<String> identities;

    GroupReader(Nodes nodes, Errors errors, Set<String> identities) {
        this.nodes = nodes;
        this.errors = errors;
        this.grants = new GrantReader(nodes, errors);
        this.identities = identities;
    }

    /** A group; empty when the name is none. */
    Optional<Group> read(Nodes.Named entry) {
        String name = entry.name();
        String shown = "group " + Quoted.visible(name);
        if (!Identity.isName(name)) {
            errors.add(
                    entry.place().getStartMark(),
                    Quoted.word(name) + " is no name for a group: lower-case letters, digits, '.', '_', '-'");
        }
        Map<String, Node> fields = nodes.fields(shown, entry.value(), FIELDS);
        List<String> members = Optional.ofNullable(fields.get("members"))
                .map(node -> members(shown, node))
                .orElse(List.of());
        var granted = Optional.ofNullable(fields.get("grants"))
                .map(node -> grants.read(shown, node))
                .orElse(List.of());
        return Identity.isName(name) ? Optional.of(new Group(name, members, granted)) : Optional.empty();
    }

    private List<String> members(String group, Node list) {
        Set<String> members = new TreeSet<>();
        for (Node item : nodes.items("members of " + group, list)) {
            Optional<String> member = nodes.text("a member of " + group, item);
            if (member.isPresent() && !identities.contains(member.get())) {
                errors.add(item.getStartMark(), stranger(member.get()));
            } else if (member.isPresent() && !members.add(member.get())) {
                errors.add(item.getStartMark(), Quoted.word(member.get()) + " is a member of " + group + " already");
            }
        }
        return new ArrayList<>(members);
    }

    private String stranger(String name) {
        return "no identity " + Quoted.word(name) + " in this policy"
                + Nearest.to(name, identities)
                        .map(near -> ", did you mean '" + Quoted.visible(near) + "'?")
                        .orElse("");
    }
}
