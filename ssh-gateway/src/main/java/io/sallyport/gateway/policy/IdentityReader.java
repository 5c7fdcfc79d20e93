package io.sallyport.gateway.policy;

import io.sallyport.keys.Identity;
import io.sallyport.keys.Policy;
import io.sallyport.keys.PolicyKey;
import io.sallyport.keys.SqliteIdentityStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/** Reads identities with their keys. One for each file: it remembers whose a key is. */
final class IdentityReader {
    private static final List<String> FIELDS = List.of("kind", "locked", "verifyRequired", "grants", "keys");
    private static final List<String> KINDS = List.of(Identity.Kind.PERSON.label(), Identity.Kind.SERVICE.label());

    private final Nodes nodes;
    private final Errors errors;
    private final GrantReader grants;
    private final Function<String, Optional<String>> deployKeys;
    private final Map<String, String> owners = new HashMap<>();

    IdentityReader(Nodes nodes, Errors errors, Function<String, Optional<String>> deployKeys) {
        this.nodes = nodes;
        this.errors = errors;
        this.grants = new GrantReader(nodes, errors);
        this.deployKeys = deployKeys;
    }

    /** Somebody; empty when the name is none. */
    Optional<Policy.Entry> read(Nodes.Named entry) {
        String name = entry.name();
        boolean named = Identity.isName(name) && !name.equals(Identity.BREAK_GLASS);
        if (!named) {
            errors.add(
                    entry.place().getStartMark(),
                    Quoted.word(name)
                            + (name.equals(Identity.BREAK_GLASS)
                                    ? " is kept for 'sallyport admin grant-once'"
                                    : " is no name for an identity: lower-case letters, digits, '.', '_', '-'"));
        }
        String shown = Quoted.visible(name);
        Map<String, Node> fields = nodes.fields(shown, entry.value(), FIELDS);
        Identity.Kind kind =
                Optional.ofNullable(fields.get("kind")).flatMap(this::kind).orElse(Identity.Kind.PERSON);
        boolean locked = flag(fields, "locked");
        boolean verifyRequired = flag(fields, "verifyRequired");
        var granted = Optional.ofNullable(fields.get("grants"))
                .map(node -> grants.read(shown, node))
                .orElse(List.of());
        List<PolicyKey> keys = Optional.ofNullable(fields.get("keys"))
                .map(node -> keys(shown, node))
                .orElse(List.of());
        return named
                ? Optional.of(new Policy.Entry(new Identity(name, kind, granted, locked, verifyRequired), keys))
                : Optional.empty();
    }

    private boolean flag(Map<String, Node> fields, String name) {
        Node node = fields.get(name);
        return node != null && nodes.flag(name, node);
    }

    private Optional<Identity.Kind> kind(Node node) {
        Optional<String> text = nodes.text("kind", node);
        Optional<Identity.Kind> kind = text.flatMap(Identity.Kind::parse);
        if (text.isPresent() && kind.isEmpty()) {
            errors.add(node.getStartMark(), "no kind " + Quoted.word(text.get()) + Errors.instead(text.get(), KINDS));
        }
        return kind;
    }

    private List<PolicyKey> keys(String name, Node list) {
        List<Node> items = nodes.items("keys of " + name, list);
        int most = SqliteIdentityStore.MOST_KEYS;
        if (items.size() > most) {
            errors.add(items.get(most).getStartMark(), name + " has more than " + most + " keys");
        }
        List<PolicyKey> keys = new ArrayList<>();
        items.forEach(item -> key(name, item).ifPresent(keys::add));
        return keys;
    }

    private Optional<PolicyKey> key(String name, Node node) {
        Optional<String> line = nodes.text("a key of " + name, node);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        return switch (PolicyKey.read(line.get())) {
            case PolicyKey.Reading.Accepted accepted -> owned(name, node, accepted.key());
            case PolicyKey.Reading.Refused refused -> {
                errors.add(
                        node.getStartMark(),
                        "a key of " + name + ": " + Quoted.visible(refused.reason() + ": " + refused.hint()));
                yield Optional.empty();
            }
        };
    }

    private Optional<PolicyKey> owned(String name, Node node, PolicyKey key) {
        int line = node.getStartMark().getLine() + 1;
        String other = owners.putIfAbsent(key.fingerprint(), name + " already, in line " + line);
        if (other != null) {
            errors.add(node.getStartMark(), "the key " + key.fingerprint() + " stands for " + other);
            return Optional.empty();
        }
        Optional<String> deployKey = deployKeys.apply(key.fingerprint());
        if (deployKey.isPresent()) {
            errors.add(
                    node.getStartMark(),
                    "the key " + key.fingerprint() + " is the deploy key " + deployKey.get() + ": remove one of them");
            return Optional.empty();
        }
        return Optional.of(key);
    }
}
