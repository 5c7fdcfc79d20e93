package io.sallyport.gateway.transport;

import io.sallyport.gateway.settings.Config;
import java.io.IOException;
import java.util.Map;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.channel.ChannelSession;

/** A session channel that takes few environment variables and short terminal names. */
public final class GatewayChannel extends ChannelSession {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 256;

    private final Config.Limits limits;
    private int variables;
    private volatile boolean terminal;

    GatewayChannel(Config.Limits limits) {
        this.limits = limits;
    }

    /** Whether the peer has asked for a terminal (RFC 4254, section 6.2). */
    public boolean hasTerminal() {
        return terminal;
    }

    @Override
    protected RequestHandler.Result handleEnvParsed(String name, String value) throws IOException {
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
            String term, int columns, int rows, int width, int height, Map<PtyMode, Integer> modes) throws IOException {
        if (term.length() > LONGEST_NAME) {
            return RequestHandler.Result.ReplyFailure;
        }
        terminal = true;
        return super.handlePtyReqParsed(term, columns, rows, width, height, modes);
    }
}
