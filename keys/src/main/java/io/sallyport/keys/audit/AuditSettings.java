package io.sallyport.keys.audit;

import java.time.Duration;

/**
 * Bounds of the log on disk.
 *
 * @param segmentBytes after which a new segment is begun
 * @param segmentTime after which a new segment is begun
 * @param segments that are kept; the oldest is removed, which is recorded
 * @param keep how long a segment is kept after its last record
 */
public record AuditSettings(long segmentBytes, Duration segmentTime, int segments, Duration keep) {
    /** Requires sizes, times and counts above zero. */
    public AuditSettings {
        if (segmentBytes < 1 || segmentTime.isNegative() || segments < 1 || keep.isNegative()) {
            throw new IllegalArgumentException("an audit log needs room");
        }
    }
}
