package io.sallyport.builds.visit;

import io.sallyport.builds.Job;
import java.util.List;

/** What comes of the wish to be let into a job. */
public sealed interface Entering {
    /** They may go in, as long as they hold the pass, which is to be closed. */
    record Admitted(Pass pass) implements Entering {}

    /** The build has no job of that name. */
    record NoSuchJob() implements Entering {}

    /** It has not begun. */
    record NotBegun(Job job) implements Entering {}

    /** It runs, but none of its script does at the moment: it is being prepared, or what it has left is taken. */
    record NotNow(Job job) implements Entering {}

    /** It is over, and not kept. */
    record Over(Job job) implements Entering {}

    /** Its spec does not declare the port. */
    record NoSuchPort(List<Integer> declared) implements Entering {}

    /** As many are in as may be; the setting that says so, and what it says. */
    record Full(String setting, int limit) implements Entering {}
}
