package io.sallyport.e2e.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A conversation in SFTP (draft-ietf-secsh-filexfer-02), packet by packet, whose handles are those that it expects. */
final class RawSftp implements AutoCloseable {
    private static final int INIT = 1;
    private static final int OPEN = 3;
    private static final int CLOSE = 4;
    private static final int READ = 5;
    private static final int WRITE = 6;
    private static final int HANDLE = 102;

    private static final int TO_READ = 1;
    private static final int TO_WRITE = 0x1a;

    private final Running ssh;
    private int opened;

    RawSftp(Ssh client) throws IOException {
        this.ssh = client.with("-s").start("sftp");
        send(INIT, ByteBuffer.allocate(Integer.BYTES).putInt(3));
    }

    /** Opens a file to be written; returns when it is open. */
    RawSftp create(String path) throws IOException, InterruptedException {
        open(path, TO_WRITE);
        ByteBuffer fields = ByteBuffer.allocate(3 * Integer.BYTES);
        ssh.out()
                .await(new String(
                        packet(
                                HANDLE,
                                fields.putInt(opened).putInt(Integer.BYTES).putInt(opened)),
                        StandardCharsets.UTF_8));
        return this;
    }

    /** Opens a file and reads its first byte, without waiting for that. */
    void read(String path) throws IOException {
        open(path, TO_READ);
        send(READ, handle(Long.BYTES + Integer.BYTES).putLong(0).putInt(1));
    }

    /** Begins to write so many bytes, of which only some follow. */
    void write(int length, int sent) throws IOException {
        ByteBuffer fields = handle(Long.BYTES + Integer.BYTES + length);
        byte[] packet = packet(WRITE, fields.putLong(0).putInt(length));
        ssh.in().write(packet, 0, packet.length - length + sent);
        ssh.in().flush();
    }

    /** Closes what was opened last. */
    void closeFile() throws IOException {
        send(CLOSE, handle(0));
    }

    Capture answers() {
        return ssh.out();
    }

    Outcome end() throws InterruptedException {
        return ssh.end();
    }

    @Override
    public void close() {
        ssh.close();
    }

    private void open(String path, int flags) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        opened++;
        send(
                OPEN,
                ByteBuffer.allocate(4 * Integer.BYTES + name.length)
                        .putInt(opened)
                        .putInt(name.length)
                        .put(name)
                        .putInt(flags)
                        .putInt(0));
    }

    /** The beginning of a request about the handle that was opened last, with room for more. */
    private ByteBuffer handle(int more) {
        return ByteBuffer.allocate(3 * Integer.BYTES + more)
                .putInt(1000 + opened)
                .putInt(Integer.BYTES)
                .putInt(opened);
    }

    private void send(int type, ByteBuffer fields) throws IOException {
        ssh.in().write(packet(type, fields));
        ssh.in().flush();
    }

    private static byte[] packet(int type, ByteBuffer fields) {
        return ByteBuffer.allocate(Integer.BYTES + 1 + fields.capacity())
                .putInt(1 + fields.capacity())
                .put((byte) type)
                .put(fields.array())
                .array();
    }
}
