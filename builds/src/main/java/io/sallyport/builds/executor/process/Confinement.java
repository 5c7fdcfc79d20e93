package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.Isolation;
import java.io.IOException;

/** How a job's processes are kept from the machine, and how all of them are found. */
sealed interface Confinement permits Bubblewrap, Unconfined {
    /** What records and logs say of it. */
    Isolation isolation();

    /** Where the job finds its things. */
    Places places(RunFolder folder);

    /** Processes and threads that a job may have at once; 0 where nothing can hold it to that. */
    int processes();

    /**
     * Makes a folder ready for a shell, when nothing of the job runs; before the first one it is handed over to the
     * job's user.
     *
     * @return what runs {@code /bin/sh} in it: a command and its working directory
     */
    ProcessBuilder confine(RunFolder folder) throws IOException;

    /**
     * The processes of a run whose shell is there and has not yet run anything.
     *
     * @param mark the only variable in the environment of what was launched, {@code NAME=value}
     * @throws IOException when they cannot be told from others
     */
    Family family(HostProcess launched, RunFolder folder, String mark) throws IOException;
}
