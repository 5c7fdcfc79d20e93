package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOutput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A container that a Swarm has put on one of its nodes, where it lasts as long as its service. */
final class SwarmLodging implements Lodging {
    private final PlacedTask.Search search;
    private final TaskWatch watch;
    private final PlacedTask.Sought sought;
    private final Entrypoint entrypoint;
    private final SwarmCompany company;
    private volatile @Nullable PlacedTask placed;

    /**
     * That of a service.
     *
     * @param sought the service
     * @param entrypoint of its container
     * @param company what was made for the same job
     */
    SwarmLodging(
            PlacedTask.Search search,
            TaskWatch watch,
            PlacedTask.Sought sought,
            Entrypoint entrypoint,
            SwarmCompany company) {
        this.search = search;
        this.watch = watch;
        this.sought = sought;
        this.entrypoint = entrypoint;
        this.company = company;
    }

    private PlacedTask placed() {
        PlacedTask now = placed;
        if (now == null) {
            throw new IllegalStateException("the job has no container yet");
        }
        return now;
    }

    @Override
    public Container container() {
        return placed().container();
    }

    @Override
    public Optional<String> node() {
        return Optional.ofNullable(placed).map(task -> task.node().hostname());
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public boolean isFurnished() {
        return false;
    }

    @Override
    public Entrance open(JobOutput output, BooleanSupplier called) throws IOException, InterruptedException {
        Optional<PlacedTask.Wait> company = this.company.await(output, called);
        PlacedTask.Wait wait = company.isPresent() ? company.get() : search.await(sought, output, called);
        return switch (wait) {
            case PlacedTask.Wait.Placed found -> {
                placed = found.task();
                yield pass(output, found.task().container());
            }
            case PlacedTask.Wait.Refused refused ->
                new Entrance.Closed(company.isPresent() ? refused.reason() : entrypoint.refused(refused.reason()));
            case PlacedTask.Wait.Lost lost -> new Entrance.Gone(lost.reason());
        };
    }

    /** Waits until the entrypoint has made way for the container's first process. */
    private Entrance pass(JobOutput output, Container container) throws IOException, InterruptedException {
        EntrypointOutput entry = new EntrypointOutput(output);
        try (InputStream prints = container.prints()) {
            new Frames(prints, entry::take).handOver(entry::isOver);
        } catch (IOException e) {
            if (!container.state().running()) {
                throw e;
            }
            return new Entrance.Closed(entrypoint.stays());
        }
        if (!entry.isOver()) {
            return ContainerScript.noShell(entrypoint, container, entry.words(), Optional.empty());
        }
        if (!entry.hasFixedRights()) {
            output.system("NOTICE: programs with the set-user-id bit give rights here, as neither the image has setpriv"
                    + " nor does the node's engine set no-new-privileges");
        }
        return new Entrance.Open();
    }

    @Override
    public void watch(Consumer<String> gone) {
        watch.add(sought.service(), gone);
    }

    @Override
    public Optional<String> whyEnded() throws InterruptedException {
        return new TaskEnd(search.swarm(), sought.service()).await();
    }

    /** The input does not end with the script: an engine that sees its end stops to hand over what is printed. */
    @Override
    public InputStream converse(InputStream script) throws EngineException, InterruptedException {
        InputStream printed = container().listen();
        try {
            InputStream told = container().tell(script);
            return new FilterInputStream(printed) {
                @Override
                public void close() throws IOException {
                    Container.close(told);
                    super.close();
                }
            };
        } catch (EngineException | InterruptedException e) {
            Container.close(printed);
            throw e;
        }
    }

    @Override
    public void tellOfEnded(JobOutput output) throws IOException, InterruptedException {
        company.tellOfEnded(output);
    }

    @Override
    public void remove() {
        watch.remove(sought.service());
        new SwarmService(search, sought.service()).remove();
        company.remove();
    }
}
