package io.sallyport.builds.engine;

import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.log.LogWriter;
import io.sallyport.builds.log.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a job prints, into the log of its build. */
final class JobLog implements JobOutput {
    private final LogWriter log;
    private final int job;

    JobLog(LogWriter log, String job) throws IOException {
        this.log = log;
        this.job = log.job(job);
    }

    @Override
    public void out(ByteBuffer bytes) throws IOException {
        log.append(job, Stream.OUT, bytes);
    }

    @Override
    public void err(ByteBuffer bytes) throws IOException {
        log.append(job, Stream.ERR, bytes);
    }

    @Override
    public void system(String line) throws IOException {
        log.system(job, line);
    }
}
