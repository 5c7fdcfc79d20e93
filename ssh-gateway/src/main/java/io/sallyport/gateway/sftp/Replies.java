package io.sallyport.gateway.sftp;

import io.sallyport.gateway.channel.PacketOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** Replies (draft-ietf-secsh-filexfer-02, sections 4 and 7). They gather in the output until that is flushed. */
final class Replies {
    /** Most bytes of one read; with its header the reply is no longer than OpenSSH's client takes. */
    static final int MOST_DATA = PacketReader.LONGEST - 1024;

    private static final int VERSION = 2;
    private static final int STATUS = 101;
    private static final int HANDLE = 102;
    private static final int DATA = 103;
    private static final int NAME = 104;
    private static final int ATTRS = 105;
    private static final int EXTENDED_REPLY = 201;

    private static final int SPOKEN = 3;
    private static final String LIMITS = "limits@openssh.com";
    private static final int LONGEST_DETAIL = 1000;
    private static final int MOST_NAMES = 200;
    private static final int ENOUGH_NAMES = 64 * 1024;

    private final PacketOutput out;
    private final Buffer reply = new ByteArrayBuffer();

    Replies(PacketOutput out) {
        this.out = out;
    }

    /** Version and extensions: one that tells clients how much they may ask for at once. */
    void version() throws IOException {
        begin(VERSION, SPOKEN);
        reply.putString(LIMITS);
        reply.putString("1");
        send();
    }

    /** Bytes of a packet, of a read, of a write, and open handles (OpenSSH's PROTOCOL, section 4.8). */
    void limits(int id, int handles) throws IOException {
        begin(EXTENDED_REPLY, id);
        reply.putLong(PacketReader.LONGEST);
        reply.putLong(MOST_DATA);
        reply.putLong(MOST_DATA);
        reply.putLong(handles);
        send();
    }

    static boolean isLimits(String extension) {
        return extension.equals(LIMITS);
    }

    void status(int id, Status status, String detail) throws IOException {
        begin(STATUS, id);
        reply.putUInt(status.code());
        reply.putString(printable(detail));
        reply.putString("en");
        send();
    }

    void handle(int id, byte[] name) throws IOException {
        begin(HANDLE, id);
        reply.putBytes(name);
        send();
    }

    void attributes(int id, Attributes attributes) throws IOException {
        begin(ATTRS, id);
        attributes.write(reply);
        send();
    }

    /** One path, about which nothing else is told. */
    void path(int id, String path) throws IOException {
        begin(NAME, id);
        reply.putUInt(1);
        reply.putString(path);
        reply.putString(path);
        reply.putUInt(0);
        send();
    }

    /** The next entries of a folder, or that there are no more. */
    void names(int id, OpenFolder folder, Instant now) throws IOException, Failure, InterruptedException {
        Optional<Entry> next = folder.peek();
        if (next.isEmpty()) {
            status(id, Status.EOF, "no more entries");
            return;
        }
        begin(NAME, id);
        int countAt = reply.wpos();
        reply.putUInt(0);
        int count = 0;
        while (next.isPresent() && count < MOST_NAMES && reply.wpos() < ENOUGH_NAMES) {
            Entry entry = next.get();
            reply.putString(entry.name());
            reply.putString(entry.line(now));
            entry.attributes().write(reply);
            folder.take();
            count++;
            next = count < MOST_NAMES ? folder.peek() : Optional.empty();
        }
        putAt(countAt, count);
        send();
    }

    /** Bytes of a file from an offset on, fewer than asked for only at its end. */
    void data(int id, OpenFile file, long offset, int wanted) throws IOException, Failure {
        int most = (int) Math.min(Integer.toUnsignedLong(wanted), MOST_DATA);
        if (file.knowsItsSize()) {
            int count = file.available(offset, most);
            if (count > 0) {
                file.seek(offset);
            }
            if (dataHead(id, count)) {
                file.copy(count, out);
            }
        } else {
            file.seek(offset);
            byte[] bytes = file.read(most);
            if (dataHead(id, bytes.length)) {
                out.put(bytes, 0, bytes.length);
            }
        }
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Nothing is to be sent for a while. */
    void rest() {
        out.rest();
    }

    /** Begins a reply with so many bytes, which have to follow; with none it says that the file ends, and is complete. */
    private boolean dataHead(int id, int count) throws IOException {
        if (count == 0) {
            status(id, Status.EOF, "the end of the file");
            return false;
        }
        begin(DATA, id);
        reply.putUInt(count);
        putAt(0, reply.wpos() - 4 + count);
        out.put(reply.array(), 0, reply.wpos());
        return true;
    }

    private void begin(int type, int id) {
        reply.clear();
        reply.putUInt(0);
        reply.putByte((byte) type);
        reply.putInt(id);
    }

    private void send() throws IOException {
        putAt(0, reply.wpos() - 4);
        out.put(reply.array(), 0, reply.wpos());
    }

    private void putAt(int position, int value) {
        int end = reply.wpos();
        reply.wpos(position);
        reply.putUInt(value);
        reply.wpos(end);
    }

    /** Clients show a detail on terminals, and it may quote a path. */
    private static String printable(String detail) {
        StringBuilder text = new StringBuilder();
        detail.codePoints()
                .limit(LONGEST_DETAIL)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\uFFFD' : c)
                .forEach(text::appendCodePoint);
        return text.toString();
    }
}
