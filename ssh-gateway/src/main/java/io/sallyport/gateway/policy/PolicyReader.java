package io.sallyport.gateway.policy;

import io.sallyport.keys.Group;
import io.sallyport.keys.Groups;
import io.sallyport.keys.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/** Reads policy files, see {@code docs/access.md}: the whole of it, with all that is wrong. From any thread. */
public final class PolicyReader {
    /** The largest file, in bytes. */
    public static final int LARGEST = 16 * 1024 * 1024;

    private static final List<String> SECTIONS = List.of("identities", "groups");

    private final Function<String, Optional<String>> deployKeys;

    /**
     * A reader for a gateway.
     *
     * @param deployKeys the identity of the deploy key of a fingerprint, if it is one of the gateway's
     */
    public PolicyReader(Function<String, Optional<String>> deployKeys) {
        this.deployKeys = deployKeys;
    }

    /** A reader that knows of no gateway. */
    public PolicyReader() {
        this(fingerprint -> Optional.empty());
    }

    /** Reads the bytes of a file. */
    public PolicyReading read(byte[] file) {
        Errors errors = new Errors();
        Optional<Policy> policy = PolicyYaml.read(file, errors).flatMap(root -> policy(root, errors));
        return policy.isPresent() && errors.none()
                ? new PolicyReading.Accepted(policy.get())
                : new PolicyReading.Rejected(errors.all());
    }

    private Optional<Policy> policy(Node root, Errors errors) {
        Nodes nodes = new Nodes(errors);
        Map<String, Node> sections = nodes.fields("the policy", root, SECTIONS);
        List<Nodes.Named> people = Optional.ofNullable(sections.get("identities"))
                .map(node -> nodes.entries("identities", node))
                .orElse(List.of());
        IdentityReader identityReader = new IdentityReader(nodes, errors, deployKeys);
        List<Policy.Entry> identities = new ArrayList<>();
        people.forEach(entry -> identityReader.read(entry).ifPresent(identities::add));

        Set<String> names = people.stream().map(Nodes.Named::name).collect(Collectors.toSet());
        List<Group> groups = Optional.ofNullable(sections.get("groups"))
                .map(node -> groups(node, nodes, new GroupReader(nodes, errors, names), errors))
                .orElse(List.of());
        if (!errors.none()) {
            return Optional.empty();
        }
        Policy policy = new Policy(identities, groups);
        if (!policy.hasAdministrator()) {
            errors.add(
                    sections.getOrDefault("identities", root).getStartMark(),
                    "nobody here could let anybody in again: there must be an administrator who is not locked and has a"
                            + " key, with verifyRequired one on a security key");
        }
        return Optional.of(policy);
    }

    private static List<Group> groups(Node node, Nodes nodes, GroupReader reader, Errors errors) {
        List<Group> groups = new ArrayList<>();
        int members = 0;
        for (Nodes.Named entry : nodes.entries("groups", node)) {
            Optional<Group> group = reader.read(entry);
            group.ifPresent(groups::add);
            members += group.map(each -> each.members().size()).orElse(0);
        }
        if (groups.size() > Groups.MOST) {
            errors.add(node.getStartMark(), "there can be " + Groups.MOST + " groups");
        }
        if (members > Groups.MOST_MEMBERSHIPS) {
            errors.add(
                    node.getStartMark(), "there can be " + Groups.MOST_MEMBERSHIPS + " members of all groups together");
        }
        return groups;
    }
}
