package io.sallyport.keys.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.keys.HostKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the chain, where records are added. For one thread at a time. What is added is in the operating system's
 * hands; {@link #unsynced} is brought to the disk by whoever takes it.
 */
final class Chain {
    private static final Logger LOG = LoggerFactory.getLogger(Chain.class);

    private static final long CHECKPOINT_RECORDS = 1000;
    private static final Duration CHECKPOINT_TIME = Duration.ofHours(1);

    private final Segments segments;
    private final AuditSettings settings;
    private final Clock clock;
    private final HostKey key;
    private final FileChannel
            names; // open all the time: that no more files can be opened must not look like a bad disk
    private final List<SegmentFile> finished = new ArrayList<>();
    private SegmentFile current;
    private ChainEnd end;
    private Instant begun;
    private boolean named; // whether a new file's name is not on the disk yet
    private boolean added; // since the last time that bytes were taken to the disk
    private long lost;
    private Instant lostSince = Instant.EPOCH;
    private long signed; // sequence number of the last checkpoint
    private Instant signedAt = Instant.EPOCH;

    private Chain(Segments segments, AuditSettings settings, Clock clock, HostKey key, Tail tail) throws IOException {
        this.segments = segments;
        this.key = key;
        this.settings = settings;
        this.clock = clock;
        this.end = tail.end();
        this.names = segments.names();
        this.current = SegmentFile.open(segments, tail.number(), tail.length());
        this.begun = tail.begun().orElseGet(clock::instant);
        this.named = true;
        if (tail.length() == 0) {
            write(segment(tail.number()));
        }
        if (tail.waste() > 0) {
            LOG.warn("{} bytes after record {} are no record and were cut off", tail.waste(), end.sequence());
        }
        try {
            if (tail.waste() > 0) {
                write(Fields.type("cut").put("bytes", tail.waste()));
            }
            sign(); // also so that the code that signs, which runs while others wait, is warm
        } catch (IOException e) {
            LOG.error("the audit log cannot be written", e);
            lose();
        }
    }

    /** Takes up the chain in the folder, or begins one. What a crash has left unfinished is cut off, and recorded. */
    static Chain open(Segments segments, AuditSettings settings, Clock clock, HostKey key) throws IOException {
        return new Chain(segments, settings, clock, key, Tail.of(segments));
    }

    ChainEnd end() {
        return end;
    }

    int segment() {
        return current.number();
    }

    /**
     * Adds a record, in a new segment when the current one is full.
     *
     * @return its sequence number
     * @throws IOException when it cannot be written; the chain is as before
     */
    long add(ObjectNode fields) throws IOException {
        prepare();
        return write(fields);
    }

    private void prepare() throws IOException {
        if (isFull()) {
            beginSegment();
        }
        if (lost > 0) {
            write(Fields.type("lost").put("records", lost).put("since", Line.text(lostSince)));
            lost = 0;
        }
    }

    /** Counts a record that cannot be written; the next that can be is preceded by one that tells the count. */
    void lose() {
        if (lost == 0) {
            lostSince = clock.instant();
        }
        lost++;
    }

    /** Adds a checkpoint, if enough records or time have come since the last one. */
    void signIfDue() throws IOException {
        long since = end.sequence() - signed;
        boolean due = since >= CHECKPOINT_RECORDS
                || (since > 0 && !signedAt.plus(CHECKPOINT_TIME).isAfter(clock.instant()));
        if (due) {
            sign();
        }
    }

    /** Adds a checkpoint of all records before it. */
    final void sign() throws IOException {
        prepare();
        signed = write(Checkpoint.of(end, clock.instant(), key).addTo(Fields.type(Checkpoint.TYPE)));
        signedAt = clock.instant();
    }

    /** Whether the current segment has reached its size or its age, and holds more than its own beginning. */
    private boolean isFull() {
        return current.length() >= settings.segmentBytes()
                || !begun.plus(settings.segmentTime()).isAfter(clock.instant());
    }

    private void beginSegment() throws IOException {
        int number = current.number() + 1;
        SegmentFile next = SegmentFile.open(segments, number, 0);
        SegmentFile before = current;
        current = next;
        try {
            write(segment(number));
        } catch (IOException e) {
            current = before;
            next.close(); // its empty file is used when there is room again
            throw e;
        }
        begun = clock.instant();
        named = true;
        finished.add(before);
    }

    private static ObjectNode segment(int number) {
        return Fields.type("segment").put("number", number);
    }

    private long write(ObjectNode fields) throws IOException {
        byte[] line = Line.make(end, clock.instant(), System.nanoTime(), fields);
        current.append(line);
        added = true;
        end = ChainEnd.after(end.sequence() + 1, line);
        return end.sequence();
    }

    /** What has been added since this was last called. */
    Unsynced unsynced() {
        Unsynced all = new Unsynced(end.sequence(), List.copyOf(finished), current, named, added);
        finished.clear();
        named = false;
        added = false;
        return all;
    }

    /** Bytes on their way to the disk. */
    final class Unsynced {
        private final long upTo;
        private final List<SegmentFile> whole;
        private final SegmentFile growing;
        private final boolean withNames;
        private final boolean any;

        private Unsynced(long upTo, List<SegmentFile> whole, SegmentFile growing, boolean withNames, boolean any) {
            this.upTo = upTo;
            this.whole = whole;
            this.growing = growing;
            this.withNames = withNames;
            this.any = any;
        }

        /** The sequence number of the last record among them. */
        long upTo() {
            return upTo;
        }

        /** Brings all of it to the disk, in order. May be called while others add to the chain. */
        void force() throws IOException {
            for (SegmentFile file : whole) {
                file.force();
                file.close();
            }
            if (any) {
                growing.force();
            }
            if (withNames) {
                names.force(true);
            }
        }
    }

    /** Gives the current file up; nothing can be added afterwards. */
    void close() throws IOException {
        names.close();
        current.close();
    }
}
