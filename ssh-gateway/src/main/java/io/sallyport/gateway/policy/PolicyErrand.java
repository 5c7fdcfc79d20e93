package io.sallyport.gateway.policy;

import io.sallyport.gateway.settings.ConfigFile;
import io.sallyport.gateway.settings.StateDirectory;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.SqliteIdentityStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Has orders done: by the gateway that serves from a state directory, else on the spot. */
public final class PolicyErrand {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final StateDirectory state;
    private final String version;

    /**
     * Errands to one state directory.
     *
     * @param version of this program, for the audit log
     */
    public PolicyErrand(StateDirectory state, String version) {
        this.state = state;
        this.version = version;
    }

    /**
     * Has the order done.
     *
     * @throws IOException when a file of the state directory cannot be read or written
     * @throws ConfigFile.WrongSettings when the settings are wrong, which an import without a gateway needs
     */
    public PolicyAnswer run(PolicyOrder order) throws IOException, InterruptedException, ConfigFile.WrongSettings {
        if (!Files.getOwner(state.root()).equals(Files.getOwner(Path.of("/proc/self")))) {
            return new PolicyAnswer(
                    PolicyAnswer.NOT_THE_OWNER,
                    "this is for " + Files.getOwner(state.root()) + ", who owns " + state.root() + "\n");
        }
        try (FileChannel turn = state.lock("policy.lock")) {
            if (turn == null) {
                return new PolicyAnswer(PolicyAnswer.TRY_AGAIN, "another policy command is at work\n");
            }
            try (FileChannel lock = state.lock()) {
                return lock == null ? asked(order) : done(order);
            }
        }
    }

    private PolicyAnswer asked(PolicyOrder order) throws IOException, InterruptedException {
        PolicyPost post = new PolicyPost(state.root());
        String id = UUID.randomUUID().toString();
        post.send(new PolicyPost.Sent(id, order));
        for (long left = PATIENCE.dividedBy(BETWEEN_LOOKS); left > 0; left--) {
            Optional<PolicyAnswer> answer = post.answered(id);
            if (answer.isPresent()) {
                return answer.get();
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        post.withdraw();
        return new PolicyAnswer(
                PolicyAnswer.TRY_AGAIN,
                "the gateway has not answered within " + PATIENCE.toSeconds()
                        + " s: its log says why; what is in force, export says\n");
    }

    private PolicyAnswer done(PolicyOrder order) throws IOException, InterruptedException, ConfigFile.WrongSettings {
        try (IdentityStore identities = SqliteIdentityStore.open(state.keysDatabase())) {
            PolicyDesk desk = new PolicyDesk(identities);
            return switch (order) {
                case PolicyOrder.Export export -> desk.export();
                case PolicyOrder.Import wanted when wanted.dryRun() -> desk.plan(wanted);
                case PolicyOrder.Import wanted -> {
                    try (ClosedAudit audit = new ClosedAudit(state, ConfigFile.read(state.config()), version)) {
                        yield desk.bring(wanted, audit);
                    }
                }
            };
        }
    }
}
