package io.sallyport.builds.executor.docker;

import com.github.dockerjava.core.LocalDirectorySSLConfig;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A talk with a program that an engine runs, on a connection of its own (Docker Engine API, ExecStart, with an upgrade to
 * raw streams). Unlike the client library's, it can say that there is no more input. One thread reads, another writes.
 */
final class Dialogue implements AutoCloseable {
    private static final int LONGEST_HEADER = 16 << 10;
    private static final int WORDS = 64 << 10;

    private final Line line;

    private Dialogue(Line line) {
        this.line = line;
    }

    /** A connection, whatever it goes over. */
    private interface Line extends AutoCloseable {
        int read(byte[] into, int offset, int length) throws IOException;

        void write(byte[] bytes, int offset, int length) throws IOException;

        void endOutput() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** A socket of this machine. */
    private record UnixLine(SocketChannel channel) implements Line {
        static UnixLine connect(Path path) throws IOException {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(path));
                return new UnixLine(channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(into, offset, length));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }

        @Override
        public void endOutput() throws IOException {
            channel.shutdownOutput();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Another machine, over TLS. */
    private record TlsLine(SSLSocket socket, InputStream in, OutputStream out) implements Line {
        static TlsLine connect(EngineAddress address, Path certificates) throws IOException {
            SSLContext context = new LocalDirectorySSLConfig(certificates.toString()).getSSLContext();
            if (context == null
                    || !(context.getSocketFactory()
                                    .createSocket(
                                            address.uri().getHost(),
                                            address.uri().getPort())
                            instanceof SSLSocket socket)) {
                throw new IOException("the certificates in " + certificates + " cannot be used");
            }
            try {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return new TlsLine(socket, socket.getInputStream(), socket.getOutputStream());
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return in.read(into, offset, length);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            out.flush();
        }

        @Override
        public void endOutput() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /**
     * Begins one.
     *
     * @param path with the version
     * @param json what is asked for
     * @throws EngineException when the engine refuses
     * @throws IOException when it cannot be reached
     */
    static Dialogue begin(EngineAddress address, String what, String path, String json) throws IOException {
        Line line = address.certificates().isPresent()
                ? TlsLine.connect(address, address.certificates().get())
                : UnixLine.connect(Path.of(address.uri().getPath()));
        boolean done = false;
        try {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            String head = "POST " + path + " HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\n"
                    + "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: " + body.length + "\r\n\r\n";
            byte[] first = head.getBytes(StandardCharsets.US_ASCII);
            line.write(first, 0, first.length);
            line.write(body, 0, body.length);
            check(what, line);
            done = true;
            return new Dialogue(line);
        } finally {
            if (!done) {
                line.close();
            }
        }
    }

    private static void check(String what, Line line) throws IOException {
        String header = header(line);
        String[] words = header.split(" ", 3);
        int status = words.length > 1 && words[1].matches("\\d{3}") ? Integer.parseInt(words[1]) : 0;
        if (status != 101 && status != 200) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] buffer = new byte[1024];
            line.endOutput();
            for (int count = line.read(buffer, 0, buffer.length);
                    count >= 0 && body.size() < WORDS;
                    count = line.read(buffer, 0, buffer.length)) {
                body.write(buffer, 0, count);
                if (body.toString(StandardCharsets.UTF_8).strip().endsWith("}")) {
                    break; // an engine may keep the connection
                }
            }
            String said = body.toString(StandardCharsets.UTF_8);
            throw EngineException.refused(what, status, EngineWords.of(said), new IOException(said));
        }
    }

    private static String header(Line line) throws IOException {
        StringBuilder header = new StringBuilder();
        byte[] one = new byte[1];
        while (!header.toString().endsWith("\r\n\r\n")) {
            if (line.read(one, 0, 1) < 0 || header.length() > LONGEST_HEADER) {
                throw new EOFException("the engine breaks off");
            }
            header.append((char) one[0]);
        }
        return header.toString();
    }

    /** What it prints; closing it is closing the talk. */
    InputStream printed() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return line.read(into, offset, length);
            }

            @Override
            public void close() throws IOException {
                line.close();
            }
        };
    }

    /** Gives input; blocks while nobody takes it. */
    void give(byte[] bytes, int offset, int length) throws IOException {
        line.write(bytes, offset, length);
    }

    /** There is no more input. */
    void endInput() throws IOException {
        line.endOutput();
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
