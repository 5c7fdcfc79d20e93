package io.sallyport.gateway.sftp;

import io.sallyport.builds.Content;

/**
 * A place of the tree. Making one looks nothing up; each method asks the router anew, so whether anything is there, and
 * may be seen, is known only from its answer.
 */
interface Node {
    /**
     * What is told of it.
     *
     * @throws Failure when it is not there for the caller
     */
    Attributes attributes() throws Failure, InterruptedException;

    /** The bytes of a file. */
    default Content content() throws Failure, InterruptedException {
        throw new Failure(Status.FAILURE, "this is no file");
    }

    /** What is in a folder. */
    default Listing list() throws Failure, InterruptedException {
        throw new Failure(Status.FAILURE, "this is no folder");
    }

    /** Where a link leads to, as an absolute path. */
    default String target() throws Failure, InterruptedException {
        throw new Failure(Status.FAILURE, "this is no link");
    }
}
