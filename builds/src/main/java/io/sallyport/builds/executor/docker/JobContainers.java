package io.sallyport.builds.executor.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.plan.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the containers of jobs, those of jobs to come too: but for names and labels these are alike. Any thread. */
record JobContainers(DockerEngine engine, DockerSettings settings, ReadyImages ready) {
    private static final List<String> NO_ENTRYPOINT = List.of("");

    /**
     * One that has not been started.
     *
     * @param isFurnished whether it has the folders of a job
     */
    record Made(Container container, boolean isFurnished) {}

    /** That of a job. */
    Made make(JobOrder order, Images.Found image, String network, String name, String mark)
            throws EngineException, InterruptedException {
        return make(
                image,
                name,
                labels(Labels.of(settings.gateway(), order, Labels.JOB_ROLE), image, mark),
                network,
                order.job().work().image().flatMap(Work.Image::entrypoint));
    }

    /**
     * One of whichever job that {@link #takesReady} will be the next.
     *
     * @param name for the time until then
     */
    Made makeReady(Images.Found image, String name, String mark) throws EngineException, InterruptedException {
        return make(
                image,
                name,
                labels(Labels.ready(settings.gateway()), image, mark),
                JobNetwork.NONE,
                Optional.of(NO_ENTRYPOINT));
    }

    /**
     * Whether a job's own container would be as one that {@link #makeReady} has made: it has no network, and nothing of
     * its image's runs in it before the job does, which could tell that there is no job yet.
     */
    boolean takesReady(JobOrder order, Images.Found image) {
        boolean alone = !settings.network() && order.job().work().services().isEmpty();
        return alone && !isEntered(order, image) && !image.checked();
    }

    /** Whether an entrypoint, the image's or one that the job names, runs in a job's container before its shells do. */
    static boolean isEntered(JobOrder order, Images.Found image) {
        return order.job()
                .work()
                .image()
                .flatMap(Work.Image::entrypoint)
                .map(entrypoint -> !isNone(entrypoint))
                .orElse(image.entered());
    }

    /** Whether an entrypoint stands for having none. */
    static boolean isNone(List<String> entrypoint) {
        return entrypoint.isEmpty() || entrypoint.equals(NO_ENTRYPOINT);
    }

    private static Map<String, String> labels(Map<String, String> labels, Images.Found image, String mark) {
        labels.put(Labels.MARK, mark);
        labels.put(Labels.IMAGE, image.recorded());
        return labels;
    }

    private Made make(
            Images.Found image,
            String name,
            Map<String, String> labels,
            String network,
            Optional<List<String>> entrypoint)
            throws EngineException, InterruptedException {
        Optional<String> ready = this.ready.of(image);
        if (ready.isPresent()) {
            try {
                return new Made(make(ready.get(), name, labels, network, entrypoint), true);
            } catch (EngineException e) {
                if (!e.isAbsent()) {
                    throw e;
                }
                this.ready.forget(image); // somebody has removed it
            }
        }
        return new Made(make(image.id(), name, labels, network, entrypoint), false);
    }

    private Container make(
            String image, String name, Map<String, String> labels, String network, Optional<List<String>> entrypoint)
            throws EngineException, InterruptedException {
        return new Container(
                engine,
                engine.make(
                                DockerEngine.CONTAINERS,
                                name,
                                () -> engine.ask("make the container", client -> {
                                    CreateContainerCmd command = client.createContainerCmd(image)
                                            .withName(name)
                                            .withLabels(labels)
                                            .withUser(settings.user().toString())
                                            .withStdinOpen(true)
                                            .withStdInOnce(true)
                                            .withAttachStdin(true)
                                            .withAttachStdout(true)
                                            .withAttachStderr(true)
                                            .withCmd("/bin/sh", "-c", OutputMark.firstProcess())
                                            .withHostConfig(new Containment(settings).job(network));
                                    entrypoint.ifPresent(
                                            words -> command.withEntrypoint(words.isEmpty() ? NO_ENTRYPOINT : words));
                                    return command;
                                }))
                        .getId());
    }
}
