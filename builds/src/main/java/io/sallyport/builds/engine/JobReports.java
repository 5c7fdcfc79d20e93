package io.sallyport.builds.engine;

import io.sallyport.builds.TestCounts;
import io.sallyport.builds.executor.ArtifactSink;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.Reports;
import io.sallyport.builds.report.DotenvReport;
import io.sallyport.builds.report.JunitReport;
import io.sallyport.builds.report.MalformedReportException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;

/** Reads the reports that a job has left in its workspace. */
final class JobReports {
    /** The most bytes of all test results of a job together. */
    static final long JUNIT_BYTES = 64L << 20;

    private final Reports reports;
    private final JobOutput output;
    private final BooleanSupplier stopped;

    /**
     * The reports that rules ask for, whose variables are expanded.
     *
     * @param stopped whether nothing is wanted of the job any more; asked often
     */
    JobReports(Reports reports, JobOutput output, BooleanSupplier stopped) {
        this.reports = reports;
        this.output = output;
        this.stopped = stopped;
    }

    /** The test results, added up; empty when the spec names none. One that cannot be read is told, and changes nothing. */
    Optional<TestCounts> tests(Run run) throws IOException, InterruptedException {
        if (reports.junit().isEmpty() || stopped.getAsBoolean()) {
            return Optional.empty();
        }
        JunitReport junit = new JunitReport();
        Allowance allowance = new Allowance(JUNIT_BYTES);
        run.collect(ArtifactRules.of(reports.junit()), each((path, file) -> {
            try {
                junit.add(allowance.of(file));
            } catch (MalformedReportException e) {
                output.system("WARNING: test report " + path + ": " + e.reason());
            } catch (Allowance.Exceeded e) {
                output.system(
                        "WARNING: test report " + path + ": together they are larger than " + JUNIT_BYTES + " bytes");
            }
        }));
        return Optional.of(junit.counts());
    }

    /**
     * The variables for later jobs.
     *
     * @throws MalformedReportException when a file is none of variables: the job has failed
     */
    SortedMap<String, String> variables(Run run) throws IOException, InterruptedException {
        DotenvReport dotenv = new DotenvReport();
        if (!reports.dotenv().isEmpty() && !stopped.getAsBoolean()) {
            run.collect(ArtifactRules.of(reports.dotenv()), each((path, file) -> dotenv.add(file)));
        }
        return dotenv.variables();
    }

    /** Reads a file that was found. */
    private interface Reader {
        void read(String path, InputStream file) throws IOException;
    }

    private ArtifactSink each(Reader reader) {
        return (path, executable, bytes) ->
                reader.read(path, StoppableStreams.of(Channels.newInputStream(bytes), stopped));
    }

    /** How many bytes may still be read. */
    private static final class Allowance {
        private long left;

        Allowance(long left) {
            this.left = left;
        }

        /** It is used up. */
        static final class Exceeded extends IOException {
            private static final long serialVersionUID = 1L;
        }

        InputStream of(InputStream file) {
            return new FilterInputStream(file) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    if (left <= 0) {
                        throw new Exceeded();
                    }
                    int read = in.read(into, offset, (int) Math.min(length, left));
                    left -= Math.max(0, read);
                    return read;
                }
            };
        }
    }
}
