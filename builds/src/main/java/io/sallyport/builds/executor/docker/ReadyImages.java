package io.sallyport.builds.executor.docker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images of the gateway's own: each is one that jobs use, with the folders of a job on top, which are empty. A container of it
 * has them when it is made, and need not be filled before it starts. One is made after a job, by a thread of its own; they
 * are removed with the gateway, and those that were not used for the longest time before. The engine keeps one that a job
 * runs in: it counts like the others until it is gone. Any thread.
 */
final class ReadyImages implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyImages.class);

    private final DockerEngine engine;
    private final DockerSettings settings;
    private final ContainerNames names;
    private final Chance chance = new Chance();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Optional<String>> made = new LinkedHashMap<>(16, 0.75f, true); // this and what follows:
    private @Nullable Thread maker; // guarded by the lock
    private boolean closed;

    private ReadyImages(DockerEngine engine, DockerSettings settings) {
        this.engine = engine;
        this.settings = settings;
        this.names = new ContainerNames(settings.gateway());
    }

    /** On an engine, which is closed after this. What an earlier gateway has left is removed, unless a job still uses it. */
    static ReadyImages open(DockerEngine engine, DockerSettings settings) throws EngineException, InterruptedException {
        ReadyImages images = new ReadyImages(engine, settings);
        try {
            images.removeAll();
        } catch (EngineException e) {
            if (settings.ready().images() > 0) {
                throw e;
            }
            LOG.warn("ready images of an earlier gateway may be left behind: {}", e.getMessage());
        }
        return images;
    }

    /** That of an image; empty when there is none. */
    Optional<String> of(Images.Found image) {
        lock.lock();
        try {
            return made.getOrDefault(image.id(), Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    /** The engine does not have it any more. */
    void forget(Images.Found image) {
        lock.lock();
        try {
            made.remove(image.id());
        } finally {
            lock.unlock();
        }
    }

    /** A job of that image runs: others may follow. Returns at once. */
    void want(Images.Found image) {
        lock.lock();
        try {
            boolean busy = maker != null && maker.isAlive();
            boolean wanted = settings.ready().images() > 0 && !image.overlaid(); // no image has what is in a volume
            if (wanted && !closed && !busy && !made.containsKey(image.id())) {
                maker = Thread.ofVirtual().name("ready-image").start(() -> work(image));
            }
        } finally {
            lock.unlock();
        }
    }

    private void work(Images.Found image) {
        try {
            if (makesRoom()) {
                keep(image, makeOrLog(image));
            } else {
                LOG.info("there is no ready image of {} yet: jobs run in all that there may be", image.name());
            }
        } catch (EngineException e) {
            LOG.info("there is no ready image of {} yet: {}", image.name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty when it cannot be made; that is not tried again while it is remembered. */
    private Optional<String> makeOrLog(Images.Found image) throws InterruptedException {
        try {
            return Optional.of(make(image));
        } catch (IOException e) {
            LOG.info("there will be no ready image of {}: {}", image.name(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Removes what nobody knows, and what was not used for the longest time, until there is room for one more. What the engine
     * refuses to remove is there still, and its turn comes again.
     */
    private boolean makesRoom() throws EngineException, InterruptedException {
        Set<String> left = left();
        List<String> known = known(left);
        List<String> all = new ArrayList<>(left);
        all.removeAll(known);
        all.addAll(known);
        for (String id : all) {
            boolean isToGo =
                    !known.contains(id) || left.size() >= settings.ready().images();
            if (isToGo && isRemoved(id)) {
                left.remove(id);
            }
        }
        known(left);
        return left.size() < settings.ready().images();
    }

    /** Those of the ones on the engine that are to be used, the last used at the end; forgets all others. */
    private List<String> known(Set<String> left) {
        lock.lock();
        try {
            made.values().removeIf(id -> id.isPresent() && !left.contains(id.get()));
            return made.values().stream().flatMap(Optional::stream).toList();
        } finally {
            lock.unlock();
        }
    }

    /** For what could not be made there is the room that is left. */
    private void keep(Images.Found image, Optional<String> id) {
        lock.lock();
        try {
            made.put(image.id(), id);
            if (made.size() > settings.ready().images()) {
                made.values().remove(Optional.<String>empty());
            }
        } finally {
            lock.unlock();
        }
    }

    private String make(Images.Found image) throws IOException, InterruptedException {
        Map<String, String> labels = Labels.image(settings.gateway());
        Container container = new Container(
                engine,
                engine.ask(
                                "make a container for a ready image",
                                client -> client.createContainerCmd(image.id())
                                        .withName(names.image(chance))
                                        .withLabels(labels)
                                        .withCmd("/bin/sh"))
                        .getId());
        try {
            Piped.run(out -> StagedTar.writeFolders(out, settings.user()), container::put);
            return engine.ask("make a ready image", client -> client.commitCmd(container.id()));
        } finally {
            container.removeOrLog();
        }
    }

    private void removeAll() throws EngineException, InterruptedException {
        for (String id : left()) {
            if (!isRemoved(id)) {
                LOG.info("image {} stays until the gateway comes or goes", id);
            }
        }
    }

    /** Those on the engine. */
    private Set<String> left() throws EngineException, InterruptedException {
        Set<String> ids = new LinkedHashSet<>();
        engine.ask("list images", client -> client.listImagesCmd().withLabelFilter(Labels.image(settings.gateway())))
                .forEach(each -> ids.add(each.getId()));
        return ids;
    }

    /** Without what it was made of, though that may have no name; false when it is there still, as while a job runs in it. */
    private boolean isRemoved(String id) throws InterruptedException {
        try {
            engine.tell(
                    "remove a ready image", client -> client.removeImageCmd(id).withNoPrune(true));
            return true;
        } catch (EngineException e) {
            LOG.debug("image {} is not removed: {}", id, e.getMessage());
            return e.isAbsent();
        }
    }

    /** Removes all that no job uses. */
    @Override
    public void close() {
        Thread last;
        lock.lock();
        try {
            closed = true;
            last = maker;
        } finally {
            lock.unlock();
        }
        try {
            if (last != null) {
                last.join();
            }
            if (settings.ready().images() > 0) {
                removeAll();
            }
        } catch (EngineException e) {
            LOG.warn("ready images may be left behind: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
