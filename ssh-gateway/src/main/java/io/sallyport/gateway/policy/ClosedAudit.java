package io.sallyport.gateway.policy;

import io.sallyport.gateway.settings.Config;
import io.sallyport.gateway.settings.StateDirectory;
import io.sallyport.keys.HostKey;
import io.sallyport.keys.audit.AuditEvent;
import io.sallyport.keys.audit.AuditLog;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The audit log of a gateway that does not run, opened when it is needed. For one thread. */
final class ClosedAudit implements Ledger, AutoCloseable {
    private final StateDirectory state;
    private final Config config;
    private final String version;
    private @Nullable AuditLog opened;

    ClosedAudit(StateDirectory state, Config config, String version) {
        this.state = state;
        this.config = config;
        this.version = version;
    }

    @Override
    public AuditLog open() throws IOException {
        AuditLog log = opened;
        if (log == null) {
            HostKey key = HostKey.load(state.hostKey());
            log = AuditLog.open(state.audit(), config.audit(), Clock.systemUTC(), key);
            log.tell(new AuditEvent.Started(version));
            opened = log;
        }
        return log;
    }

    @Override
    public void close() throws IOException {
        AuditLog log = opened;
        if (log != null) {
            log.close();
        }
    }
}
