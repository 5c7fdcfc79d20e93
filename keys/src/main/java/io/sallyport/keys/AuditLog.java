package io.sallyport.keys;

/** Where every decided request is written down, allowed or not. May be called from any thread. */
@FunctionalInterface
public interface AuditLog {
    /** Writes one record. Blocks until it is where the log promises to have it. */
    void record(AuditRecord record);
}
