package io.sallyport.builds.outward;

/** What became of a report that was to be written. */
public sealed interface ReportPut {
    /** It is on disk; {@code fresh} when it was made, not changed. */
    record Stored(Report report, boolean fresh) implements ReportPut {}

    /** The gateway reports nothing to anybody. */
    record Off() implements ReportPut {}

    /** The address is none that may be reached; {@code words} say why. */
    record Forbidden(String words) implements ReportPut {}

    /** The project has as many as it may. */
    record Full(int limit) implements ReportPut {}

    /** No token was given, and there is none yet. */
    record NoToken() implements ReportPut {}

    /** The token was to stay as it is, but it was given for another place. */
    record TokenOfAnotherPlace() implements ReportPut {}

    /** The project has no secret of that name. */
    record NoSecret(String name) implements ReportPut {}

    /** The project has been removed meanwhile. */
    record NoProject() implements ReportPut {}
}
