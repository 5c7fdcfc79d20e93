package io.sallyport.client.cli;

import io.sallyport.client.ClientException;

/** The exit statuses that are sally's own, from sysexits.h where one fits; all others are the gateway's. */
final class ExitStatus {
    static final int OK = 0;
    static final int USAGE = 64;
    static final int BUG = 70;
    static final int INPUT_OUTPUT = 74;
    static final int INTERRUPTED = 130;
    static final int BROKEN_PIPE = 141;

    private static final int DATA = 65;
    private static final int NO_INPUT = 66;
    private static final int UNAVAILABLE = 69;
    private static final int CANNOT_CREATE = 73;
    private static final int TRY_LATER = 75;
    private static final int PROTOCOL = 76;
    private static final int NO_PERMISSION = 77;

    private ExitStatus() {}

    /** The one table from a failure to an exit status. */
    static int of(ClientException failure) {
        return switch (failure) {
            case ClientException.NoSshProgram e -> UNAVAILABLE;
            case ClientException.HostKeyRefused e -> UNAVAILABLE;
            case ClientException.Unreachable e -> UNAVAILABLE;
            case ClientException.SubmissionLost e -> UNAVAILABLE;
            case ClientException.Refused e -> e.status();
            case ClientException.Problem e -> ofStatus(e.status());
            case ClientException.FilesMissing e -> UNAVAILABLE;
            case ClientException.NoBase e -> UNAVAILABLE;
            case ClientException.Unintelligible e -> PROTOCOL;
            case ClientException.NoArtifact e -> NO_INPUT;
            case ClientException.NotEnded e -> TRY_LATER;
            case ClientException.Damaged e -> DATA;
            case ClientException.Unproven e -> DATA;
            case ClientException.Unwritable e -> CANNOT_CREATE;
            case ClientException.Withheld e -> CANNOT_CREATE;
            case ClientException.BadSource e -> NO_INPUT;
            case ClientException.BadSetting e -> USAGE;
            case ClientException.OutputClosed e ->
                String.valueOf(e.getMessage()).contains("Broken pipe") ? BROKEN_PIPE : INPUT_OUTPUT;
        };
    }

    /** The contract's table, by which the gateway itself ends an exec channel. */
    private static int ofStatus(int status) {
        return switch (status) {
            case 400 -> USAGE;
            case 401, 403 -> NO_PERMISSION;
            case 404, 410 -> NO_INPUT;
            case 409, 429 -> TRY_LATER;
            case 413, 422 -> DATA;
            case 503, 507 -> UNAVAILABLE;
            default -> BUG;
        };
    }
}
