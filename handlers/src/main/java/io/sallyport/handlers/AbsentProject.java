package io.sallyport.handlers;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.Project;
import io.sallyport.keys.Access;
import io.sallyport.keys.Principal;
import io.sallyport.keys.Resource;
import io.sallyport.keys.Verb;
import java.util.List;
import java.util.Optional;

/**
 * What helps somebody whose project is not there. Made of the name and of what the caller may see alone, so that it is
 * the same for a project that is there and hidden.
 */
final class AbsentProject {
    private AbsentProject() {}

    static String hint(String name, Principal who, Targets targets, ProjectParts parts) {
        List<String> seen = targets.projects().stream()
                .map(Project::name)
                .filter(each -> may(who, Verb.READ_PROJECT, each))
                .toList();
        Optional<String> part = parts.meant(name, seen::contains);
        if (part.isPresent()) {
            return ", did you mean '" + part.get() + "'?";
        }
        Optional<String> near = Nearest.to(name, seen);
        if (near.isPresent()) {
            return ", did you mean '" + near.get() + "'?";
        }
        return Project.isName(name) && may(who, Verb.MANAGE_PROJECTS, name)
                ? "; make it with: echo '{}' | ssh -p PORT HOST PUT /projects/" + name
                : "";
    }

    private static boolean may(Principal who, Verb verb, String project) {
        return Access.decide(who, verb, new Resource.Project(project)).allowed();
    }
}
