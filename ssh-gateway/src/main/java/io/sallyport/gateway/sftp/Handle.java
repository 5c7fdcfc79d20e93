package io.sallyport.gateway.sftp;

import java.io.IOException;

/** What a client has open. */
sealed interface Handle permits OpenFile, OpenFolder, Upload {
    /** What is told of it to FSTAT. */
    Attributes attributes() throws Failure, InterruptedException;

    /** Lets go of it without finishing it: the client closes a handle that it only reads, or is gone. */
    void abandon() throws IOException;
}
