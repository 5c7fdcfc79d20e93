package io.sallyport.gateway.checkup;

import io.sallyport.gateway.settings.StateDirectory;
import io.sallyport.keys.HostKey;
import io.sallyport.keys.KeyFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whose the files are, and who may read them. */
final class Ownership {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final StateDirectory state;

    Ownership(StateDirectory state) {
        this.state = state;
    }

    List<Finding> look() throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.add(folder());
        findings.add(owners());
        findings.add(hostKey());
        findings.add(secretsKey());
        return findings;
    }

    private Finding folder() throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(state.root());
        return OWNER_ONLY.containsAll(mode)
                ? Finding.fine("only its owner may enter the state directory " + state.root())
                : Finding.error("others may enter the state directory " + state.root() + " ("
                        + PosixFilePermissions.toString(mode) + "): chmod 700 " + state.root());
    }

    private Finding owners() throws IOException {
        UserPrincipal owner = Files.getOwner(state.root());
        try (Stream<Path> top = Files.list(state.root())) {
            for (Path file : top.toList()) {
                if (!Files.getOwner(file).equals(owner)) {
                    return Finding.error(file + " belongs to " + Files.getOwner(file) + ", not to " + owner
                            + ": chown it, or the gateway cannot use it");
                }
            }
        }
        return owner.getName().equals("root")
                ? Finding.warning("everything in it belongs to root, and so the gateway runs as root: it needs none of"
                        + " root's rights, give it a user of its own")
                : Finding.fine("everything in it belongs to " + owner);
    }

    private Finding secretsKey() throws IOException {
        Path file = state.secretsKey();
        if (!Files.exists(file)) {
            return Finding.warning(file + " is not there: the gateway makes it, but does not start without it"
                    + " when there are secrets");
        }
        return OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))
                ? Finding.fine("only its owner may read the key of secrets: keep a copy, apart from the database")
                : Finding.error("others may read the key of secrets: chmod 600 " + file);
    }

    private Finding hostKey() throws IOException {
        try {
            HostKey key = HostKey.load(state.hostKey());
            return Finding.fine("host key " + key.fingerprint() + ", Ed25519, readable by its owner only");
        } catch (KeyFileException e) {
            return Finding.error(String.valueOf(e.getMessage()));
        }
    }
}
