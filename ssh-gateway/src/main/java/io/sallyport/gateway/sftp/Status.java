package io.sallyport.gateway.sftp;

import io.sallyport.handlers.Problem;

/** Results of requests (draft-ietf-secsh-filexfer-02, section 7). */
enum Status {
    OK(0),
    EOF(1),
    NO_SUCH_FILE(2),
    PERMISSION_DENIED(3),
    FAILURE(4),
    BAD_MESSAGE(5),
    OP_UNSUPPORTED(8);

    private final int code;

    Status(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    int code() {
        return code;
    }

    /** The one table from a problem to a status; what is wrong is left to its detail. */
    static Status of(Problem problem) {
        return switch (problem.status()) {
            case 404, 410 -> NO_SUCH_FILE;
            case 401, 403 -> PERMISSION_DENIED;
            default -> FAILURE;
        };
    }
}
