package io.sallyport.keys.audit;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the last segment ends. A crash may leave it with a record that is not whole, or whose bytes never came to the
 * disk: that is after the last record that can be read, and nothing before it.
 *
 * @param number of the segment
 * @param end after its last whole record; of the segment before when it has none
 * @param length in bytes, up to there
 * @param begun time of its first record; empty when it has none
 * @param waste how many bytes after that are no record
 */
record Tail(int number, ChainEnd end, long length, Optional<Instant> begun, long waste) {
    /** Finds out; a folder without segments ends before its first. */
    static Tail of(Segments segments) throws IOException {
        List<Integer> numbers = segments.numbers();
        if (numbers.isEmpty()) {
            return new Tail(1, ChainEnd.START, 0, Optional.empty(), 0);
        }
        Tail tail = in(segments, numbers.getLast());
        for (int number : numbers.reversed()) {
            Tail earlier = number == tail.number ? tail : in(segments, number);
            if (earlier.begun.isPresent()) {
                return new Tail(tail.number, earlier.end, tail.length, tail.begun, tail.waste);
            }
        }
        return tail;
    }

    private static Tail in(Segments segments, int number) throws IOException {
        ChainEnd end = ChainEnd.START;
        long length = 0;
        Optional<Instant> begun = Optional.empty();
        try (LineReader lines = LineReader.open(segments.file(number))) {
            for (byte[] bytes = lines.next(); bytes != null; bytes = lines.next()) {
                Optional<Line> line = Line.read(bytes);
                if (line.isPresent()) {
                    end = line.get().end();
                    length = lines.offset();
                    begun = begun.isPresent() ? begun : line.map(Line::time);
                }
            }
            return new Tail(number, end, length, begun, lines.offset() + lines.unfinished() - length);
        }
    }
}
