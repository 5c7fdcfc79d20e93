package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.audit.AuditLog;
import io.sallyport.keys.audit.AuditRecords;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code GET /audit}: the records of the audit log, as they stand in its files, followed or not. */
final class ReadAudit implements Handler {
    static final Param<Long> AFTER = Param.number("after", 0, Long.MAX_VALUE, "sequence number of the last one known");
    static final Param<Boolean> FOLLOW = Param.flag("follow", "go on with those that are still to come");
    static final Param<Long> LIMIT = Param.number("limit", 1, Long.MAX_VALUE, "at most so many");

    private final AuditLog audit;
    private final Followers followers;

    ReadAudit(AuditLog audit, Followers followers) {
        this.audit = audit;
        this.followers = followers;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        long after = request.get(AFTER).orElse(0L);
        long limit = request.get(LIMIT).orElse(Long.MAX_VALUE);
        if (!request.has(FOLLOW)) {
            return new Response.Records(() -> new Stream(audit.records(after, false), limit), () -> ExitStatus.OK);
        }
        if (followers.full()) {
            return new Response.Failed(followers.refusal());
        }
        return new Response.Records(
                () -> {
                    followers.enter();
                    return new Followed(audit.records(after, true), limit, followers);
                },
                () -> ExitStatus.OK);
    }

    /** Up to a number of records. */
    private static class Stream implements Response.RecordStream {
        private final AuditRecords records;
        private long left;

        Stream(AuditRecords records, long limit) {
            this.records = records;
            this.left = limit;
        }

        @Override
        public @Nullable JsonNode next() throws IOException, InterruptedException {
            return left-- > 0 ? records.next() : null;
        }

        @Override
        public void close() throws IOException {
            records.close();
        }
    }

    /** The same, counted among the followers while it is open. */
    private static final class Followed extends Stream {
        private final Followers followers;

        Followed(AuditRecords records, long limit, Followers followers) {
            super(records, limit);
            this.followers = followers;
        }

        @Override
        public void close() throws IOException {
            followers.leave();
            super.close();
        }
    }
}
