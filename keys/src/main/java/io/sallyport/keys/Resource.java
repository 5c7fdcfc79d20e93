package io.sallyport.keys;

import java.util.Optional;

/** What a verb is done to. */
public sealed interface Resource {
    /** The house as a whole: identities, connections, the audit log. */
    record Gateway() implements Resource {}

    /** A project. */
    record Project(String name) implements Resource {}

    /** A build that is to be made of a project, of a branch or tag if that is said, and whether that is protected. */
    record Submission(String project, Optional<Ref> ref, boolean protectedRef) implements Resource {}

    /** A build of a project, who submitted it, and of which branch or tag it is if that was said. */
    record Build(String project, String submittedBy, Optional<Ref> ref) implements Resource {}

    /** A key, and whose it is. */
    record Key(String identity) implements Resource {}

    /** The project that grants must cover; empty for what belongs to no project. */
    default Optional<String> inProject() {
        return switch (this) {
            case Gateway g -> Optional.empty();
            case Project p -> Optional.of(p.name());
            case Submission s -> Optional.of(s.project());
            case Build b -> Optional.of(b.project());
            case Key k -> Optional.empty();
        };
    }

    /** Whether it is the identity's own. */
    default boolean isOwnedBy(String identity) {
        return switch (this) {
            case Gateway g -> false;
            case Project p -> false;
            case Submission s -> false;
            case Build b -> b.submittedBy().equals(identity);
            case Key k -> k.identity().equals(identity);
        };
    }

    /** The branch or tag that a credential bound to some must cover; empty when it is none of them or not said. */
    default Optional<Ref> ofRef() {
        return switch (this) {
            case Gateway g -> Optional.empty();
            case Project p -> Optional.empty();
            case Submission s -> s.ref();
            case Build b -> b.ref();
            case Key k -> Optional.empty();
        };
    }

    /** Whether it is to be made of a protected branch or tag, and so trusted with more than others. */
    default boolean isTrusted() {
        return switch (this) {
            case Gateway g -> false;
            case Project p -> false;
            case Submission s -> s.protectedRef();
            case Build b -> false; // it is what it was made
            case Key k -> false;
        };
    }
}
