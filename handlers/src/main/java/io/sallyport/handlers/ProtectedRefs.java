package io.sallyport.handlers;

import io.sallyport.builds.Project;
import io.sallyport.keys.Ref;
import io.sallyport.keys.RefGlob;
import java.util.List;
import java.util.Optional;

/** The branches and tags of projects whose builds are trusted. */
public final class ProtectedRefs {
    private ProtectedRefs() {}

    /** Whether a ref is protected in a project, as its settings are now; none at all is not. */
    public static boolean cover(Project project, Optional<Ref> ref) {
        List<RefGlob> globs = project.settings().protectedRefs().stream()
                .flatMap(glob -> RefGlob.parse(glob).stream())
                .toList();
        return ref.filter(named -> RefGlob.any(globs, named)).isPresent();
    }
}
