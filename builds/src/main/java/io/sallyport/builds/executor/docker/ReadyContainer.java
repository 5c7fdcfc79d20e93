package io.sallyport.builds.executor.docker;

/**
 * A container that runs, and whose first process waits for the one job that it will ever have.
 *
 * @param image that it was made of
 * @param mark as {@link Labels#MARK} has it
 * @param bytes of memory that it holds while it waits
 */
record ReadyContainer(Container container, Images.Found image, String mark, long bytes) {}
