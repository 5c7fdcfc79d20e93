package io.sallyport.builds.executor.docker;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images of the gateway's own: each is one that jobs use, with the folders of a job on top, which are empty. A container of it
 * has them when it is made, and need not be filled before it starts. One is made after a job, by a thread of its own; they
 * are removed with the gateway, and those that were not used for the longest time before. Any thread.
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
        images.removeAll();
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
            if (settings.ready().images() > 0 && !closed && !busy && !made.containsKey(image.id())) {
                maker = Thread.ofVirtual().name("ready-image").start(() -> makeOrLog(image));
            }
        } finally {
            lock.unlock();
        }
    }

    /** One that cannot be made is not tried again while it is remembered. */
    private void makeOrLog(Images.Found image) {
        try {
            Optional<String> id = Optional.empty();
            try {
                id = Optional.of(make(image));
            } catch (IOException e) {
                LOG.info("there will be no ready image of {}: {}", image.name(), e.getMessage());
            }
            for (String each : keep(image, id)) {
                removeOrLog(each);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes it among the others; answers those that are too many then. */
    private List<String> keep(Images.Found image, Optional<String> id) {
        lock.lock();
        try {
            made.put(image.id(), id);
            if (made.size() <= settings.ready().images()) {
                return List.of();
            }
            Optional<String> eldest = made.remove(made.keySet().iterator().next());
            return eldest == null ? List.of() : eldest.stream().toList();
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
        List<com.github.dockerjava.api.model.Image> left = engine.ask(
                "list images", client -> client.listImagesCmd().withLabelFilter(Labels.image(settings.gateway())));
        for (com.github.dockerjava.api.model.Image each : left) {
            removeOrLog(each.getId());
        }
    }

    /** Without what it was made of, though that may have no name. */
    private void removeOrLog(String id) throws InterruptedException {
        try {
            engine.tell(
                    "remove a ready image", client -> client.removeImageCmd(id).withNoPrune(true));
        } catch (EngineException e) {
            if (!e.isAbsent()) { // a job may run in it
                LOG.info("image {} stays until the gateway comes or goes: {}", id, e.getMessage());
            }
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
