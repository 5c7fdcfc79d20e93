package io.sallyport.gateway.checkup;

import io.sallyport.gateway.settings.Config;
import io.sallyport.gateway.settings.ConfigFile;
import io.sallyport.gateway.settings.StateDirectory;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks a state directory over, and the machine below it. Changes nothing; may run while the gateway serves. */
public final class Checkup {
    private final StateDirectory state;
    private final Clock clock;

    /** A check of one state directory, that {@code init} has made. */
    public Checkup(StateDirectory state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    /**
     * All that was found, in the order in which it is looked at.
     *
     * @throws IOException when the state directory cannot be read at all
     */
    public List<Finding> run() throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>(new Ownership(state).look());
        Optional<Config> config = config(findings);
        findings.addAll(new Members(state).look());
        findings.addAll(new Machine(state, clock, Surroundings.here()).look(config));
        return findings;
    }

    private Optional<Config> config(List<Finding> findings) throws IOException {
        try {
            Config config = ConfigFile.read(state.config());
            findings.add(Finding.fine("settings can be read: " + state.config()));
            return Optional.of(config);
        } catch (ConfigFile.WrongSettings e) {
            e.errors().forEach(error -> findings.add(Finding.error(e.file() + ": " + error)));
            return Optional.empty();
        }
    }
}
