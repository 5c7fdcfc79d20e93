package io.sallyport.client.mina;

import io.sallyport.client.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.session.ClientSession;

/** The one channel of a connection. The connection can be used again when the channel has ended by itself; it is cut with it else. */
final class MinaChannel implements Channel {
    /** The gateway answers the opening at once, or the connection is dead. */
    private static final Duration OPENING = Duration.ofSeconds(60);

    /** The gateway's own statuses are all below; others are those of signals. */
    private static final int LARGEST_STATUS = 254;

    private final ClientSession session;
    private final ClientChannel channel;
    private final Consumer<MinaChannel> ended;
    private final CountDownLatch closed = new CountDownLatch(1);

    private MinaChannel(ClientSession session, ClientChannel channel, Consumer<MinaChannel> ended) {
        this.session = session;
        this.channel = channel;
        this.ended = ended;
        channel.addCloseFutureListener(future -> closed.countDown());
    }

    /** Opens it; {@code ended} is told when it has ended, or is cut, perhaps more than once. */
    static MinaChannel open(ClientSession session, ClientChannel channel, Consumer<MinaChannel> ended)
            throws IOException {
        MinaChannel opened = new MinaChannel(session, channel, ended);
        channel.open().verify(OPENING);
        return opened;
    }

    ClientSession session() {
        return session;
    }

    /** Whether it has ended as the gateway wanted it to. */
    boolean complete() {
        return closed.getCount() == 0 && status().isPresent();
    }

    @Override
    public OutputStream input() {
        return channel.getInvertedIn();
    }

    @Override
    public InputStream output() {
        return channel.getInvertedOut();
    }

    @Override
    public InputStream errors() {
        return channel.getInvertedErr();
    }

    @Override
    public OptionalInt await() throws InterruptedException {
        closed.await();
        return status();
    }

    @Override
    public void close() {
        if (!complete()) {
            // Not the channel alone: MINA would end the body first, and half of one would look whole.
            session.close(true);
        }
        ended.accept(this);
    }

    private OptionalInt status() {
        return Optional.ofNullable(channel.getExitStatus())
                .filter(status -> status >= 0 && status <= LARGEST_STATUS)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}
