package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.cache.CacheEntry;
import io.sallyport.builds.store.ProjectStore;
import java.util.List;
import java.util.Optional;

/** The projects that builds are of, with their caches and their shares of the places. Any thread. */
public final class Projects {
    private final EngineParts parts;
    private final Scheduler scheduler;
    private final Canceling canceling;

    Projects(EngineParts parts, Scheduler scheduler, Canceling canceling) {
        this.parts = parts;
        this.scheduler = scheduler;
        this.canceling = canceling;
    }

    /** Ends a build before its time. */
    @FunctionalInterface
    interface Canceling {
        Cancellation cancel(Build build, String by, Optional<String> reason);
    }

    /** The project of that name. */
    public Optional<Project> project(String name) {
        return parts.projects().project(name);
    }

    /** All projects, in the order of their names. */
    public List<Project> all() {
        return parts.projects().projects();
    }

    /** Makes a project, or changes its settings, on somebody's word. */
    public ProjectStore.Put put(String name, ProjectSettings settings, String by) {
        ProjectStore.Put put = parts.projects().put(name, settings, by);
        scheduler.share(name, Share.of(put.project()));
        return put;
    }

    /** Removes a project: its builds end, and are not found any more; its caches go. False when there was none. */
    public boolean remove(String name, String by) {
        List<Build> open = parts.builds().unfinished().stream()
                .filter(build -> build.project().equals(name))
                .toList();
        Optional<Project> project = parts.projects().project(name);
        boolean removed = parts.projects().remove(name, by);
        project.ifPresent(this::removeCaches);
        for (Build build : open) {
            canceling.cancel(build, by, Optional.of("the project was removed"));
        }
        return removed;
    }

    /** Starts no job of a project from now on, over restarts too; those that run go on. The answer is its record. */
    public Project pause(Project project, String by, Optional<String> message) {
        parts.pauses().pause(project, by, message);
        return shared(project);
    }

    /** Starts its jobs again. */
    public void resume(Project project, String by) {
        parts.pauses().resume(project, by);
        shared(project);
    }

    private Project shared(Project project) {
        Optional<Project> now = parts.projects().project(project.name());
        scheduler.share(project.name(), now.map(Share::of).orElseGet(Share::usual));
        return now.orElse(project);
    }

    /** The caches of a project, in the order of their names. */
    public List<CacheEntry> caches(Project project) {
        return parts.caches().list(project.id());
    }

    /** Forgets one cache of a project, whichever builds have written it. False when there was none. */
    public boolean removeCache(Project project, String name) {
        return parts.caches().remove(project.id(), name);
    }

    /** Forgets all caches of a project; the answer is how many they were. */
    public int removeCaches(Project project) {
        return parts.caches().removeAll(project.id());
    }
}
