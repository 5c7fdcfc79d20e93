package io.sallyport.builds.store;

import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.source.ProjectFiles;
import java.util.List;
import java.util.Optional;

/**
 * The records of projects. What a changing method has returned is on disk, with the event that tells of it. May be
 * called from any thread.
 */
public interface ProjectStore {
    /** The project of that name. */
    Optional<Project> project(String name);

    /** All projects in the order of their names. */
    List<Project> projects();

    /** Makes the project, or changes its settings, on somebody's word. */
    Put put(String name, ProjectSettings settings, String by);

    /**
     * Removes the project, on somebody's word; its builds are not found any more, its secrets are gone. False when there
     * was none.
     */
    boolean remove(String name, String by);

    /** The files of a project that manifests may name. */
    ProjectFiles files(Project project);

    /**
     * A project that is on disk.
     *
     * @param project the record
     * @param fresh whether it was made, not changed
     */
    record Put(Project project, boolean fresh) {}
}
