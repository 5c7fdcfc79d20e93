package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOrder;
import java.util.Map;
import java.util.TreeMap;

/** How everything that is made on an engine says whose it is. */
final class Labels {
    /** The gateway's name. */
    static final String GATEWAY = "io.sallyport.gateway";

    static final String PROJECT = "io.sallyport.project";
    static final String BUILD = "io.sallyport.build";
    static final String JOB = "io.sallyport.job";
    static final String ATTEMPT = "io.sallyport.attempt";
    /** The name of the run, by which a gateway that comes back finds it. */
    static final String RUN = "io.sallyport.run";
    /** What begins the marks in a job's output; see {@link OutputMark}. Only who may ask the engine sees it. */
    static final String MARK = "io.sallyport.mark";
    /** The image, with what stands for exactly that one. */
    static final String IMAGE = "io.sallyport.image";
    /**
     * What it is there for: {@code job}, {@code service} or {@code network}; {@code ready} for a job that is not known when
     * it is made, see {@link ContainerNames}; {@code image} for an image, see {@link ReadyImages}.
     */
    static final String ROLE = "io.sallyport.role";

    static final String JOB_ROLE = "job";
    static final String SERVICE_ROLE = "service";
    static final String NETWORK_ROLE = "network";
    static final String READY_ROLE = "ready";
    static final String IMAGE_ROLE = "image";

    private Labels() {}

    /** Of all that is made for a job. */
    static Map<String, String> of(String gateway, JobOrder order, String role) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(GATEWAY, gateway);
        labels.put(PROJECT, order.project());
        labels.put(BUILD, Long.toString(order.build()));
        labels.put(JOB, order.job().name());
        labels.put(ATTEMPT, Integer.toString(order.attempt()));
        labels.put(RUN, order.runName());
        labels.put(ROLE, role);
        return labels;
    }

    /** Of a container that is made before its job is known. */
    static Map<String, String> ready(String gateway) {
        Map<String, String> labels = new TreeMap<>(of(gateway));
        labels.put(ROLE, READY_ROLE);
        return labels;
    }

    /** Of images, and of what these are made from. */
    static Map<String, String> image(String gateway) {
        return Map.of(GATEWAY, gateway, ROLE, IMAGE_ROLE);
    }

    /** What everything of a gateway's has. */
    static Map<String, String> of(String gateway) {
        return Map.of(GATEWAY, gateway);
    }
}
