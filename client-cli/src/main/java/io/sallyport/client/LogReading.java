package io.sallyport.client;

import java.io.IOException;
import java.io.OutputStream;

/** A build's log, read on from where it stood whenever the connection is lost. */
final class LogReading implements Reconnection.Attempt {
    private final Exchange exchange;
    private final LogRequest log;
    private final CountingOutput out;

    LogReading(Exchange exchange, LogRequest log, OutputStream out) {
        this.exchange = exchange;
        this.log = log;
        this.out = new CountingOutput(out);
    }

    @Override
    public Ending run() throws IOException, InterruptedException {
        return exchange.run(log.from(position()), Body.none(), out);
    }

    @Override
    public long position() {
        return log.offset() + out.count();
    }

    @Override
    public String resumeHint() {
        return "go on with 'sally log " + log.build() + (log.follow() ? " -f" : "") + " --offset " + position() + "'";
    }
}
