package io.sallyport.builds.executor.docker;

import java.util.ArrayList;
import java.util.List;

/** What is left of jobs on an engine that nobody else uses. */
final class Remains {
    private Remains() {}

    /** By name: containers and networks of a gateway, and all volumes. */
    static List<String> of(DockerEngine engine, String gateway) throws Exception {
        List<String> names = new ArrayList<>();
        Leftovers left = new Leftovers(engine, gateway);
        left.containers().forEach(each -> names.add("container " + String.join(" ", each.getNames())));
        left.networks().forEach(each -> names.add("network " + each.getName()));
        engine.ask("list volumes", client -> client.listVolumesCmd())
                .getVolumes()
                .forEach(each -> names.add("volume " + each.getName()));
        return names;
    }
}
