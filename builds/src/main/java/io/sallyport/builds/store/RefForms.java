package io.sallyport.builds.store;

import io.sallyport.builds.GitRef;
import java.util.List;

/** The ways in which a branch or tag can stand in a record. */
public final class RefForms {
    /** What the names of branches begin with when they are written in full. */
    public static final String BRANCHES = "refs/heads/";

    /** What the names of tags begin with. */
    public static final String TAGS = "refs/tags/";

    private RefForms() {}

    /** The two ways to write a branch; the one to write a tag. */
    public static List<String> of(String ref) {
        GitRef parsed = GitRef.parse(ref);
        return switch (parsed.kind()) {
            case BRANCH -> List.of(parsed.name(), BRANCHES + parsed.name());
            case TAG -> List.of(TAGS + parsed.name());
        };
    }
}
