package io.sallyport.builds.log;

import io.sallyport.builds.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The bytes of a log.
 *
 * @param labelled whether each line has the name of its job before it
 * @param upTo what there is to read; empty when it is followed
 */
record LogContent(OpenLogs logs, long build, LogSelection selection, boolean labelled, Optional<Extent> upTo)
        implements Content {
    @Override
    public OptionalLong size() {
        if (labelled || upTo.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(selection.everything() ? upTo.get().bytes() : selected());
    }

    /** Adds up what is selected, from the index alone. */
    private long selected() {
        try (Reading reading = Reading.open(logs, build, upTo)) {
            Runs runs = new Runs(reading);
            Filter filter = new Filter(selection, reading.log().names());
            long bytes = 0;
            long position = 0;
            while (position < reading.extent().bytes()) {
                Runs.Run run = runs.at(position);
                bytes += filter.wants(run.mark()) ? run.end() - position : 0;
                position = run.end();
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ReadableByteChannel open(long offset) throws IOException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        Reading reading = Reading.open(logs, build, upTo);
        return selection.everything() && !labelled
                ? new RawChannel(reading, offset)
                : new FilteredChannel(reading, selection, offset, labelled ? new LineLabels() : null);
    }
}
