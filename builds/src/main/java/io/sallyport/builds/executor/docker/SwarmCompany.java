package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.plan.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a job in a Swarm has to itself besides its own service: a network across nodes, and the services on it. */
final class SwarmCompany {
    private final PlacedTask.Search search;
    private final Optional<String> network;
    private final List<Service> services = new ArrayList<>();

    private SwarmCompany(PlacedTask.Search search, Optional<String> network) {
        this.search = search;
        this.network = network;
    }

    /** One of them; it has its task once that has been waited for. */
    private static final class Service {
        final String called;
        final String id;
        volatile Optional<PlacedTask> task = Optional.empty();

        Service(String called, String id) {
            this.called = called;
            this.id = id;
        }
    }

    /**
     * Makes what a job needs. A job without services has a network, too: the one that a Swarm gives to a service without any
     * leads everywhere.
     *
     * @param name nobody else has
     * @throws IOException when that cannot be; nothing is left then
     */
    static SwarmCompany make(PlacedTask.Search search, Images images, JobOrder order, String name)
            throws IOException, InterruptedException {
        Swarm swarm = search.swarm();
        DockerSettings docker = search.settings().docker();
        List<Work.Service> wanted = order.job().work().services();
        List<Images.Found> found = new ArrayList<>();
        for (Work.Service service : wanted) {
            found.add(images.settle(
                    swarm.manager(),
                    JobNetwork.user(service),
                    Optional.of(service.image().name())));
        }
        String network =
                swarm.createNetwork(name, !docker.network(), Labels.of(docker.gateway(), order, Labels.NETWORK_ROLE));
        SwarmCompany company = new SwarmCompany(search, Optional.of(network));
        boolean done = false;
        try {
            for (int i = 0; i < wanted.size(); i++) {
                Images.Found image = found.get(i);
                company.services.add(new Service(
                        JobNetwork.called(wanted.get(i)),
                        swarm.createService(
                                ServiceDescription.service(
                                        search.settings(),
                                        order,
                                        wanted.get(i),
                                        name + "-" + i,
                                        Labels.of(docker.gateway(), order, Labels.SERVICE_ROLE),
                                        image.pinned(),
                                        network),
                                images.credentials(image))));
            }
            done = true;
            return company;
        } finally {
            if (!done) {
                company.remove();
            }
        }
    }

    /** What an earlier gateway has made. */
    static SwarmCompany left(PlacedTask.Search search, Optional<String> network, List<String> services) {
        SwarmCompany company = new SwarmCompany(search, network);
        services.forEach(id -> company.services.add(new Service("a service", id)));
        return company;
    }

    /** What the Swarm calls the network. */
    String network() {
        return network.orElseThrow();
    }

    /**
     * Waits until all services have been started.
     *
     * @param output told of a wait for a node
     * @param called asked whether to wait no longer
     * @return what came of the first that cannot be started; empty when all have been
     */
    Optional<PlacedTask.Wait> await(JobOutput output, BooleanSupplier called) throws IOException, InterruptedException {
        for (Service service : services) {
            switch (search.await(new PlacedTask.Sought(service.id, service.called, List.of()), output, called)) {
                case PlacedTask.Wait.Placed placed -> service.task = Optional.of(placed.task());
                case PlacedTask.Wait.Refused refused -> {
                    return Optional.of(refused);
                }
                case PlacedTask.Wait.Lost lost -> {
                    return Optional.of(lost);
                }
            }
        }
        return Optional.empty();
    }

    /** Says which services do not run any more, with the last that they have said. */
    void tellOfEnded(JobOutput output) throws IOException, InterruptedException {
        for (Service service : services) {
            if (service.task.isPresent()) {
                JobNetwork.tellOfEnded(service.called, service.task.get().container(), output);
            }
        }
    }

    /** Removes all of it; failures are logged. */
    void remove() {
        services.forEach(service -> new SwarmService(search, service.id).remove());
        network.ifPresent(search.swarm()::removeNetwork);
    }
}
