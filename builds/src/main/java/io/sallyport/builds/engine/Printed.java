package io.sallyport.builds.engine;

import io.sallyport.builds.Job;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.log.BuildLog;
import io.sallyport.builds.log.LogItem;
import io.sallyport.builds.log.LogRecord;
import io.sallyport.builds.log.LogRecords;
import io.sallyport.builds.log.LogSelection;
import io.sallyport.builds.log.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;

/**
 * What a log has of an attempt at a job that its gateway has not seen the end of.
 *
 * @param out bytes of standard output
 * @param err bytes of standard error
 * @param lines that announce commands
 */
record Printed(long out, long err, long lines) {
    /** How commands are announced, the first line of each and the others. */
    private static final String FIRST = "$ ";

    private static final String FURTHER = "> ";

    /**
     * Reads it off a log.
     *
     * @param executor the name of what the job runs on
     * @return empty when the log does not have all of it, or nothing
     */
    static Optional<Printed> of(BuildLog log, Job job, String executor) throws IOException {
        if (log.isCut()) {
            return Optional.empty();
        }
        String beginning = JobWords.beginning(job, executor);
        LogSelection selection = new LogSelection(Optional.of(job.name()), EnumSet.allOf(Stream.class));
        Optional<Printed> printed = Optional.empty();
        try (LogRecords records = log.records(selection, 0, false)) {
            for (LogItem item = records.next(); item instanceof LogRecord record; item = records.next()) {
                printed = record.stream() == Stream.SYSTEM && record.text().startsWith(beginning)
                        ? Optional.of(new Printed(0, 0, 0))
                        : printed.map(before -> before.and(record));
            }
        }
        return printed;
    }

    private Printed and(LogRecord record) {
        return switch (record.stream()) {
            case OUT -> new Printed(out + record.bytes(), err, lines);
            case ERR -> new Printed(out, err + record.bytes(), lines);
            case SYSTEM -> new Printed(out, err, lines + (announces(record.text()) ? 1 : 0));
        };
    }

    private static boolean announces(String line) {
        return line.startsWith(FIRST) || line.startsWith(FURTHER);
    }

    /** An output that leaves out what is printed again. */
    JobOutput leftOutOf(JobOutput output) {
        return new Rest(output);
    }

    /** What comes after it. */
    private final class Rest implements JobOutput {
        private final JobOutput output;
        private long ofOut = out;
        private long ofErr = err;
        private long ofLines = lines;

        Rest(JobOutput output) {
            this.output = output;
        }

        @Override
        public synchronized void out(ByteBuffer bytes) throws IOException {
            ofOut -= skip(bytes, ofOut);
            if (bytes.hasRemaining()) {
                output.out(bytes);
            }
        }

        @Override
        public synchronized void err(ByteBuffer bytes) throws IOException {
            ofErr -= skip(bytes, ofErr);
            if (bytes.hasRemaining()) {
                output.err(bytes);
            }
        }

        private static int skip(ByteBuffer bytes, long most) {
            int count = (int) Math.min(bytes.remaining(), most);
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public synchronized void system(String line) throws IOException {
            if (ofLines > 0 && announces(line)) {
                ofLines--;
                return;
            }
            output.system(line);
        }
    }
}
