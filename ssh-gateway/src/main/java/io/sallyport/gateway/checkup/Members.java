package io.sallyport.gateway.checkup;

import io.sallyport.gateway.settings.StateDirectory;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.PublicKeyRecord;
import io.sallyport.keys.SqliteIdentityStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** Who may come in. Needs the identities for itself, so it is left out while the gateway serves. */
final class Members {
    private final StateDirectory state;

    Members(StateDirectory state) {
        this.state = state;
    }

    List<Finding> look() throws IOException {
        try (FileChannel lock = state.lock()) {
            if (lock == null) {
                return List.of(
                        Finding.fine("the gateway serves: ask it for its identities with ssh … GET /identities"));
            }
            try (IdentityStore identities = SqliteIdentityStore.open(state.keysDatabase())) {
                return look(identities);
            }
        }
    }

    private static List<Finding> look(IdentityStore identities) {
        List<Finding> findings = new ArrayList<>();
        long withKey = identities.administrators().stream()
                .filter(who -> !identities.keys(who.name()).isEmpty())
                .count();
        if (withKey == 0) {
            findings.add(Finding.error(
                    "no administrator with a key: the gateway does not start; see sallyport admin grant-once --help"));
        } else if (withKey == 1) {
            findings.add(Finding.warning(
                    "one administrator only: when that key is lost, only this machine's owner can get in"));
        } else {
            findings.add(Finding.fine(withKey + " administrators with keys"));
        }
        long keys = 0;
        for (Identity identity : identities.identities()) {
            for (PublicKeyRecord key : identities.keys(identity.name())) {
                keys++;
                if (key.type().equals("ssh-rsa")) {
                    findings.add(Finding.warning(identity.name() + " has an RSA key, " + key.fingerprint()
                            + ": Ed25519 is shorter, faster and as strong"));
                }
            }
        }
        findings.add(Finding.fine(identities.identities().size() + " identities with " + keys + " keys"));
        return findings;
    }
}
