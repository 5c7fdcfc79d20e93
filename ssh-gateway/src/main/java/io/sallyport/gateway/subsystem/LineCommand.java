package io.sallyport.gateway.subsystem;

import io.sallyport.gateway.channel.ChannelCommand;
import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.channel.PacketOutput;
import io.sallyport.gateway.transport.Peer;
import io.sallyport.handlers.Caller;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Router;
import java.io.IOException;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * One channel that speaks lines. Its own thread reads; another one writes what the requests, each on a thread of its
 * own, hand over. The end of the input lets what is under way end; a peer that is gone ends it.
 */
final class LineCommand extends ChannelCommand {
    private final Router router;
    private final LineBounds bounds;

    LineCommand(Router router, LineBounds bounds, ChannelInput input) {
        super("sallyport", input);
        this.router = router;
        this.bounds = bounds;
    }

    @Override
    protected int serve(ChannelSession channel) throws IOException, InterruptedException {
        Outbox outbox = new Outbox(bounds);
        PacketOutput packets = PacketOutput.standard(channel);
        Thread writer = Thread.ofVirtual().name("lines-" + channel).start(() -> outbox.drain(packets));
        Exchanges exchanges = new Exchanges(router, Peer.caller(channel, Caller.SUBSYSTEM), bounds, outbox);
        try {
            LineInput lines = new LineInput(input(), bounds.longestLine());
            for (LineInput.Line line = lines.next(); line != null; line = lines.next()) {
                exchanges.take(line);
            }
            exchanges.awaitAll();
        } finally {
            exchanges.endAll();
            outbox.close();
            writer.join();
        }
        return ExitStatus.OK;
    }
}
