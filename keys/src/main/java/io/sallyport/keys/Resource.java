package io.sallyport.keys;

import java.util.Optional;

/** What a verb is done to. */
public sealed interface Resource {
    /** The house as a whole: identities, connections, the audit log. */
    record Gateway() implements Resource {}

    /** A project. */
    record Project(String name) implements Resource {}

    /** A build of a project, and who submitted it. */
    record Build(String project, String submittedBy) implements Resource {}

    /** A key, and whose it is. */
    record Key(String identity) implements Resource {}

    /** The project that grants must cover; empty for what belongs to no project. */
    default Optional<String> inProject() {
        return switch (this) {
            case Gateway g -> Optional.empty();
            case Project p -> Optional.of(p.name());
            case Build b -> Optional.of(b.project());
            case Key k -> Optional.empty();
        };
    }

    /** Whether it is the identity's own. */
    default boolean isOwnedBy(String identity) {
        return switch (this) {
            case Gateway g -> false;
            case Project p -> false;
            case Build b -> b.submittedBy().equals(identity);
            case Key k -> k.identity().equals(identity);
        };
    }
}
