package io.sallyport.gateway.transport;

import io.sallyport.gateway.settings.Config;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.PropertyResolverUtils;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.LocalWindow;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.channel.ChannelSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel that takes few environment variables and short terminal names. */
public sealed class GatewayChannel extends ChannelSession permits PortChannel {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 256;

    /** What programs for terminals go by; no variables of anything here, see {@code docs/dashboard.md}. */
    private static final Set<String> WISHES = Set.of("NO_COLOR", "COLORTERM");

    private static final long WIDE_WINDOW = 2 * 1024 * 1024;
    private static final AttributeKey<AtomicInteger> OPEN = new AttributeKey<>();
    private static final Duration TO_SHOW_THEM = Duration.ofMillis(300);
    private static final AttributeKey<Set<Runnable>> ENDINGS = new AttributeKey<>();
    private static final Logger LOG = LoggerFactory.getLogger(GatewayChannel.class);

    private final Config.Limits limits;
    private final Semaphore wide;
    private int variables;
    private final Map<String, String> wishes = new ConcurrentHashMap<>();
    private volatile boolean terminal;
    private Resizing resizing = (columns, lines) -> {}; // guarded by the wishes, like what follows
    private int columns;
    private int lines;

    /** Is told the size of a terminal. */
    @FunctionalInterface
    public interface Resizing {
        /** It has that size now; 0 where the peer does not know. On the I/O thread, which must not wait. */
        void resized(int columns, int lines);
    }

    GatewayChannel(Config.Limits limits, Semaphore wide) {
        this.limits = limits;
        this.wide = wide;
    }

    /**
     * Opens, or refuses with the reason that RFC 4254, section 5.1 has for it when the connection has too many channels
     * already; what runs on them goes on.
     */
    @Override
    public OpenFuture open(long recipient, long window, long packet, Buffer buffer) {
        AtomicInteger open = openOf(getSession());
        if (open.incrementAndGet() <= limits.channels()) {
            addCloseFutureListener(closed -> open.decrementAndGet());
            return super.open(recipient, window, packet, buffer);
        }
        open.decrementAndGet();
        LOG.info("limit reached limit=limits.channels session={}", getSession());
        DefaultOpenFuture refused = new DefaultOpenFuture(this, this);
        refused.setException(new SshChannelOpenException(
                getChannelId(), SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "at most " + limits.channels() + " channels"));
        close(true);
        return refused;
    }

    private static AtomicInteger openOf(Session session) {
        return session.computeAttributeIfAbsent(OPEN, key -> new AtomicInteger());
    }

    /**
     * Gives the peer a wide window, once somebody reads what it sends, as long as few channels have one; else it goes
     * on with the narrow one. On the I/O thread, which alone takes from the window.
     */
    public void widen() throws IOException {
        if (!wide.tryAcquire()) {
            return;
        }
        addCloseFutureListener(closed -> wide.release());
        LocalWindow window = getLocalWindow();
        long before = window.getSize();
        window.init(PropertyResolverUtils.toPropertyResolver(
                Map.of(CoreModuleProperties.WINDOW_SIZE.getName(), WIDE_WINDOW), this));
        sendWindowAdjust(WIDE_WINDOW - before);
    }

    /** Whether the peer has asked for a terminal (RFC 4254, section 6.2). */
    public boolean hasTerminal() {
        return terminal;
    }

    /** What the peer has said of its terminal: its name as {@code TERM}, the locale, and what it wishes of colours. */
    public Map<String, String> variables() {
        Map<String, String> all = new HashMap<>(getEnvironment().getEnv());
        all.putAll(wishes);
        return all;
    }

    /** Tells the terminal's size, at once and whenever it changes. */
    public void onResize(Resizing listener) {
        synchronized (wishes) {
            resizing = listener;
            listener.resized(columns, lines);
        }
    }

    /** Called before the gateway ends the connection, by a thread that may wait a moment: last words can still be said. */
    public void onEnding(Runnable listener) {
        Set<Runnable> all = endings(getSession());
        all.add(listener);
        addCloseFutureListener(closed -> all.remove(listener));
    }

    /** Lets last words be said on all channels of a session, and the peer show them: it stops at once when it is disconnected. */
    static void sayLastWords(Session session) throws InterruptedException {
        Set<Runnable> all = endings(session);
        if (!all.isEmpty()) {
            all.forEach(Runnable::run);
            Thread.sleep(TO_SHOW_THEM);
        }
    }

    private static Set<Runnable> endings(Session session) {
        return session.computeAttributeIfAbsent(ENDINGS, key -> ConcurrentHashMap.newKeySet());
    }

    @Override
    protected RequestHandler.Result handleEnvParsed(String name, String value) throws IOException {
        if (WISHES.contains(name) && value.length() <= LONGEST_VALUE) {
            wishes.put(name, value); // read by the dashboard; nothing gets it as a variable
        }
        boolean wanted = name.equals("LANG") || name.equals(Environment.ENV_TERM) || name.startsWith("LC_");
        if (!wanted
                || name.length() > LONGEST_NAME
                || value.length() > LONGEST_VALUE
                || variables >= limits.environment()) {
            return RequestHandler.Result.ReplyFailure;
        }
        variables++;
        return super.handleEnvParsed(name, value);
    }

    @Override
    protected RequestHandler.Result handlePtyReqParsed(
            String term, int across, int down, int width, int height, Map<PtyMode, Integer> modes) throws IOException {
        if (term.length() > LONGEST_NAME) {
            return RequestHandler.Result.ReplyFailure;
        }
        terminal = true;
        resized(across, down);
        return super.handlePtyReqParsed(term, across, down, width, height, modes);
    }

    @Override
    protected RequestHandler.Result handleWindowChangeParsed(int across, int down, int width, int height)
            throws IOException {
        resized(across, down);
        return super.handleWindowChangeParsed(across, down, width, height);
    }

    private void resized(int across, int down) {
        synchronized (wishes) {
            columns = Math.max(0, across);
            lines = Math.max(0, down);
            resizing.resized(columns, lines);
        }
    }
}
