package io.sallyport.gateway.sftp;

import io.sallyport.handlers.Problem;

/** A request cannot be done; the conversation goes on. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private final Status status;
    private final String detail;

    Failure(Status status, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
    }

    /** What the router answered. */
    static Failure of(Problem problem) {
        return new Failure(Status.of(problem), problem.detail());
    }

    /** The same words for what is not there and what the caller may not see. */
    static Failure notThere() {
        return new Failure(Status.NO_SUCH_FILE, "no such file or folder");
    }

    /** Somebody wants to change what is made from records. */
    static Failure readOnly() {
        return new Failure(Status.PERMISSION_DENIED, "read only: submit by writing /incoming/PROJECT/NAME.tar");
    }

    Status status() {
        return status;
    }

    String detail() {
        return detail;
    }
}
