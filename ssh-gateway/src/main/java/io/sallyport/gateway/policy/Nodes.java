package io.sallyport.gateway.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Nodes taken for what they should be; whatever is something else is an error at its place. Nothing with an anchor is
 * looked into, so that no alias makes little text mean much.
 */
final class Nodes {
    private final Errors errors;

    Nodes(Errors errors) {
        this.errors = errors;
    }

    /** An entry of a map: its key, and where that stands. */
    record Named(Node place, String name, Node value) {}

    /** The entries of a map, in the order written; no key twice. What is left empty has none. */
    List<Named> entries(String what, Node node) {
        if (isNothing(node)) {
            return List.of();
        }
        if (!(node instanceof MappingNode map) || !plain(node)) {
            mismatch(what, "a map", node);
            return List.of();
        }
        Map<String, Named> entries = new LinkedHashMap<>();
        for (NodeTuple entry : map.getValue()) {
            Optional<String> key = text("a name in " + what, entry.getKeyNode());
            if (key.isPresent()) {
                Named named = new Named(entry.getKeyNode(), key.get(), entry.getValueNode());
                Named first = entries.putIfAbsent(key.get(), named);
                if (first != null) {
                    errors.add(
                            named.place.getStartMark(),
                            Quoted.word(key.get()) + " is given twice, first in line "
                                    + (first.place.getStartMark().getLine() + 1));
                }
            }
        }
        return List.copyOf(entries.values());
    }

    /** The entries of a map by their keys, which are all known. */
    Map<String, Node> fields(String what, Node node, List<String> known) {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (Named entry : entries(what, node)) {
            if (known.contains(entry.name)) {
                fields.put(entry.name, entry.value);
            } else {
                errors.add(
                        entry.place.getStartMark(),
                        "unknown field " + Quoted.word(entry.name) + " in " + what + Errors.instead(entry.name, known));
            }
        }
        return fields;
    }

    /** The items of a list. What is left empty has none. */
    List<Node> items(String what, Node node) {
        if (isNothing(node)) {
            return List.of();
        }
        if (!(node instanceof SequenceNode list) || !plain(node)) {
            mismatch(what, "a list", node);
            return List.of();
        }
        return new ArrayList<>(list.getValue());
    }

    /** A single value as it is written, whatever YAML takes it for: a name can be {@code no} or {@code 7}. */
    Optional<String> text(String what, Node node) {
        if (node instanceof ScalarNode scalar && !isNothing(node) && plain(node)) {
            return Optional.of(scalar.getValue());
        }
        mismatch(what, "a word", node);
        return Optional.empty();
    }

    boolean flag(String what, Node node) {
        Optional<String> text = text(what, node);
        if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
            errors.add(node.getStartMark(), what + " is true or false, not " + Quoted.word(text.get()));
        }
        return text.filter("true"::equals).isPresent();
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL) && node.getAnchor() == null;
    }

    /** Without anchor and tag. */
    private static boolean plain(Node node) {
        return node.getAnchor() == null && node.getTag().startsWith(Tag.PREFIX);
    }

    private void mismatch(String what, String expected, Node node) {
        String found = switch (node) {
            case ScalarNode scalar when isNothing(scalar) -> "nothing";
            case ScalarNode scalar -> "a word";
            case SequenceNode list -> "a list";
            case MappingNode map -> "a map";
            default -> "something else";
        };
        errors.add(
                node.getStartMark(),
                node.getAnchor() != null
                        ? "anchors and aliases are not taken here: write it out"
                        : node.getTag().startsWith(Tag.PREFIX)
                                ? what + ": expected " + expected + ", found " + found
                                : "tags are not taken here");
    }
}
