package io.sallyport.gateway;

import io.sallyport.database.Database;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.sshd.server.SshServer;

/** What a gateway is made of, for those who wonder what runs there. */
final class Versions {
    private Versions() {}

    static SortedMap<String, String> of(Database keys, Database builds) {
        SortedMap<String, String> versions = new TreeMap<>();
        versions.put("java", Runtime.version().toString());
        String sshd = SshServer.class.getPackage().getImplementationVersion();
        if (sshd != null) {
            versions.put("sshd", sshd);
        }
        versions.put("stateOfKeys", Integer.toString(keys.format()));
        versions.put("stateOfBuilds", Integer.toString(builds.format()));
        return versions;
    }
}
