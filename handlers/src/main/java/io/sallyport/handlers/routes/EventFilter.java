package io.sallyport.handlers.routes;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.Topic;
import io.sallyport.handlers.Param;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which events are asked for, of those that may be seen.
 *
 * @param types of them
 * @param project whose they are; empty for all
 */
record EventFilter(Set<EventType> types, Optional<String> project) {
    private static final String ANY = "*";
    private static final List<String> LABELS =
            Arrays.stream(EventType.values()).map(EventType::label).toList();

    /** Reads what was given for {@code type} and {@code project}. */
    static EventFilter of(Optional<String> patterns, Optional<String> project) throws Param.Malformed {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (String pattern : patterns.orElse(ANY).split(",", -1)) {
            types.addAll(matching(pattern));
        }
        return new EventFilter(types, project);
    }

    private static List<EventType> matching(String pattern) throws Param.Malformed {
        List<EventType> types = Arrays.stream(EventType.values())
                .filter(type ->
                        pattern.equals(ANY) || type.label().equals(pattern) || pattern.equals(type.kind() + ".*"))
                .toList();
        if (types.isEmpty()) {
            throw new Param.Malformed("type", unknown(pattern));
        }
        return types;
    }

    private static String unknown(String pattern) {
        TreeSet<String> kinds = new TreeSet<>();
        for (EventType type : EventType.values()) {
            kinds.add(type.kind() + ".*");
        }
        TreeSet<String> known = new TreeSet<>(LABELS);
        known.addAll(kinds);
        return "there are no events of type '" + pattern + "'"
                + Nearest.to(pattern, known)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse("; there are " + String.join(", ", ofKind(pattern, kinds)));
    }

    /** The types of the kind that stands before the dot, or is most likely meant; all kinds when there is none. */
    private static Collection<String> ofKind(String pattern, Collection<String> kinds) {
        int dot = pattern.indexOf('.');
        Optional<String> kind = dot < 0 ? Optional.empty() : Nearest.to(pattern.substring(0, dot) + ".*", kinds);
        return kind.map(any -> any.substring(0, any.length() - 1))
                .map(beginning -> (Collection<String>) LABELS.stream()
                        .filter(label -> label.startsWith(beginning))
                        .toList())
                .orElse(kinds);
    }

    boolean covers(Topic topic) {
        return types.contains(topic.type())
                && (project.isEmpty() || project.get().equals(topic.project()));
    }

    /** The same number for the same filter, also after a restart. */
    int code() {
        StringBuilder text = new StringBuilder(project.orElse(""));
        types.stream().sorted().forEach(type -> text.append(' ').append(type.label()));
        return text.toString().hashCode();
    }
}
