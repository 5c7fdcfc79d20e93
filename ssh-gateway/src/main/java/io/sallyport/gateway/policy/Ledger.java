package io.sallyport.gateway.policy;

import io.sallyport.keys.audit.AuditLog;
import java.io.IOException;

/** Where the audit log is to be had, when there is something to write down. */
interface Ledger {
    /**
     * The log; the same one each time.
     *
     * @throws IOException when it cannot be opened
     */
    AuditLog open() throws IOException;
}
