package io.sallyport.builds.log;

import io.sallyport.builds.BuildState;

/**
 * The log has ended here.
 *
 * @param offset the log's length in bytes
 * @param state how the build ended
 */
public record LogEnd(long offset, BuildState state) implements LogItem {}
