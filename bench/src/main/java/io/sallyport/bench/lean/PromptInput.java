package io.sallyport.bench.lean;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;

/**
 * A socket's input that acknowledges at once whatever it reads. A server with Nagle's algorithm, as sshd is, would else
 * wait for delayed acknowledgements, and look slower than it is. The kernel forgets the option, so it is set each time.
 */
final class PromptInput extends FilterInputStream {
    private final Socket socket;
    private final boolean known;

    PromptInput(Socket socket) throws IOException {
        super(socket.getInputStream());
        this.socket = socket;
        this.known = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (known) {
            socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
        return super.read(into, offset, length);
    }
}
