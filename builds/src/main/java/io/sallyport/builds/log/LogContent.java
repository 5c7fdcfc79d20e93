package io.sallyport.builds.log;

import io.sallyport.builds.Content;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The bytes of a log.
 *
 * @param upTo what there is to read; empty when it is followed
 */
record LogContent(OpenLogs logs, long build, LogSelection selection, Optional<Extent> upTo) implements Content {
    @Override
    public OptionalLong size() {
        if (upTo.isEmpty() || !selection.everything()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(upTo.get().bytes());
    }

    @Override
    public ReadableByteChannel open(long offset) throws IOException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        Reading reading = Reading.open(logs, build, upTo);
        return selection.everything()
                ? new RawChannel(reading, offset)
                : new FilteredChannel(reading, selection, offset);
    }
}
