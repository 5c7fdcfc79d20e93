package io.sallyport.gateway.sftp;

import java.util.Arrays;
import java.util.Optional;

/** Requests of a client (draft-ietf-secsh-filexfer-02, section 3). */
enum RequestType {
    INIT(1),
    OPEN(3),
    CLOSE(4),
    READ(5),
    WRITE(6),
    LSTAT(7),
    FSTAT(8),
    SETSTAT(9),
    FSETSTAT(10),
    OPENDIR(11),
    READDIR(12),
    REMOVE(13),
    MKDIR(14),
    RMDIR(15),
    REALPATH(16),
    STAT(17),
    RENAME(18),
    READLINK(19),
    SYMLINK(20),
    EXTENDED(200);

    private final int code;

    RequestType(int code) {
        this.code = code;
    }

    /** The type with that number on the wire. */
    static Optional<RequestType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    boolean is(int number) {
        return code == number;
    }
}
