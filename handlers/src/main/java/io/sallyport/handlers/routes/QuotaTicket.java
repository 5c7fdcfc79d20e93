package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.Submitted;
import io.sallyport.handlers.Problem;
import java.io.InputStream;
import java.util.Optional;

/** A submission that is under way, as the quotas of its key see it. For one thread. */
final class QuotaTicket implements AutoCloseable {
    private final Account account;
    private final InputStream body;
    private Optional<Problem> refusal;

    /** Who keeps the counts of the key. */
    interface Account {
        /** Of a submission without quotas. */
        Account NONE = new Account() {
            @Override
            public Optional<Problem> received(long bytes) {
                return Optional.empty();
            }

            @Override
            public void submitted() {}

            @Override
            public void end() {}
        };

        /** Counts bytes that have come; the answer is why no more may. */
        Optional<Problem> received(long bytes);

        /** Counts a new build. */
        void submitted();

        /** The submission is on record, or nothing has come of it. */
        void end();
    }

    QuotaTicket(Account account, Optional<Problem> refusal, InputStream body) {
        this.account = account;
        this.refusal = refusal;
        this.body = new MeteredBody(body, this::within);
    }

    /** Why nothing comes of it; empty as long as nothing speaks against it. */
    Optional<Problem> refusal() {
        return refusal;
    }

    /** The body: fails when it is longer than it may be, and {@link #refusal} says so then. */
    InputStream body() {
        return body;
    }

    /** Notes what has become of it. */
    void note(Submitted submitted) {
        if (submitted instanceof Submitted.Accepted accepted && accepted.fresh()) {
            account.submitted();
        }
    }

    @Override
    public void close() {
        account.end();
    }

    /** Counts bytes that have come for it, in the body or from elsewhere; whether more may. */
    boolean within(long bytes) {
        refusal = refusal.or(() -> account.received(bytes));
        return refusal.isEmpty();
    }
}
