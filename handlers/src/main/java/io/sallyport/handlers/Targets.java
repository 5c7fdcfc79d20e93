package io.sallyport.handlers;

import io.sallyport.builds.Build;
import io.sallyport.builds.Project;
import java.util.List;
import java.util.Optional;

/** Where the gate looks up what a path names. */
public interface Targets {
    /** The build of that number. */
    Optional<Build> build(long id);

    /** The project of that name. */
    Optional<Project> project(String name);

    /** All projects. */
    List<Project> projects();
}
