package io.sallyport.gateway.sftp;

import io.sallyport.gateway.channel.ChannelInput;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;

/**
 * One client's requests, answered in the order in which they come. Replies are sent when no further request waits, so
 * that those to many small requests share a packet. For one thread, which may be interrupted.
 */
final class Conversation implements AutoCloseable {
    private static final int OPEN_READ = 1;
    private static final int OPEN_WRITE = 2;
    private static final int OPEN_APPEND = 4;

    private final ChannelInput in;
    private final PacketReader packets;
    private final Replies replies;
    private final Handles handles;
    private final Tree tree;

    /** Makes a conversation over a channel; what is open in it goes into {@code handles}. */
    Conversation(ChannelInput in, Replies replies, Handles handles, Tree tree) {
        this.in = in;
        this.packets = new PacketReader(in);
        this.replies = replies;
        this.handles = handles;
        this.tree = tree;
    }

    /**
     * Answers until the client has sent its last request.
     *
     * @throws MalformedPacketException when the client does not keep to the protocol
     * @throws IOException when it is gone
     */
    void run() throws IOException, InterruptedException {
        for (Optional<Packet> packet = next(); packet.isPresent(); packet = next()) {
            try {
                answer(packet.get());
            } catch (BufferException e) {
                throw new MalformedPacketException("a packet ends within its fields");
            }
        }
        replies.flush();
    }

    /** Abandons what is still open. */
    @Override
    public void close() {
        handles.close();
    }

    private Optional<Packet> next() throws IOException {
        if (in.available() == 0) {
            replies.flush();
            replies.rest();
        }
        return packets.next();
    }

    private void answer(Packet packet) throws IOException, InterruptedException {
        Optional<RequestType> type = RequestType.of(packet.type());
        try {
            if (type.isPresent()) {
                answer(type.get(), packet.id(), packet);
            } else {
                unsupported(packet.id());
            }
        } catch (Failure e) {
            replies.status(packet.id(), e.status(), e.detail());
        }
    }

    private void answer(RequestType type, int id, Packet packet) throws IOException, Failure, InterruptedException {
        Buffer fields = packet.fields();
        switch (type) {
            case INIT -> replies.version();
            case OPEN -> open(id, path(fields), fields);
            case CLOSE -> close(id, handles.remove(fields.getBytes()));
            case READ -> read(id, handles.get(fields.getBytes()), fields);
            case WRITE -> write(id, packet);
            case STAT -> replies.attributes(id, tree.find(path(fields), true).attributes());
            case LSTAT -> replies.attributes(id, tree.find(path(fields), false).attributes());
            case FSTAT -> replies.attributes(id, handles.get(fields.getBytes()).attributes());
            case SETSTAT -> change(id, handles.uploadTo(path(fields)), fields);
            case FSETSTAT -> change(id, upload(handles.get(fields.getBytes())), fields);
            case OPENDIR -> openFolder(id, tree.find(path(fields), true));
            case READDIR -> list(id, handles.get(fields.getBytes()));
            case REALPATH -> replies.path(id, tree.real(path(fields)).toString());
            case READLINK -> replies.path(id, tree.find(path(fields), false).target());
            case REMOVE, MKDIR, RMDIR, RENAME, SYMLINK -> throw Failure.readOnly();
            case EXTENDED -> extended(id, fields.getString());
        }
    }

    private void open(int id, RemotePath path, Buffer fields) throws IOException, Failure, InterruptedException {
        int flags = fields.getInt();
        handles.requireRoom();
        if ((flags & (OPEN_WRITE | OPEN_APPEND)) == 0) {
            replies.handle(id, handles.add(OpenFile.of(tree.find(path, true))));
            return;
        }
        if (!path.isIncoming()) {
            throw Failure.readOnly();
        }
        if ((flags & (OPEN_READ | OPEN_APPEND)) != 0) {
            throw new Failure(Status.FAILURE, "a source is written from its start to its end, and not read");
        }
        replies.handle(id, handles.add(tree.incoming().begin(path, in)));
    }

    private void close(int id, Handle handle) throws IOException, Failure, InterruptedException {
        switch (handle) {
            case OpenFile file -> {
                file.abandon();
                replies.status(id, Status.OK, "closed");
            }
            case OpenFolder folder -> replies.status(id, Status.OK, "closed");
            case Upload upload -> {
                replies.flush();
                replies.status(id, Status.OK, "submitted as build " + upload.submit());
            }
        }
    }

    private void read(int id, Handle handle, Buffer fields) throws IOException, Failure {
        long offset = fields.getLong();
        int length = fields.getInt();
        if (!(handle instanceof OpenFile file)) {
            throw new Failure(Status.FAILURE, "this handle is none of a file to read");
        }
        replies.data(id, file, offset, length);
    }

    /** The data are taken out of the channel whatever becomes of them. */
    private void write(int id, Packet packet) throws IOException, Failure, InterruptedException {
        Buffer fields = packet.fields();
        Optional<Upload> upload;
        try {
            upload = upload(handles.get(fields.getBytes()));
        } catch (Failure e) {
            in.skipNBytes(packet.data());
            throw e;
        }
        if (upload.isEmpty()) {
            in.skipNBytes(packet.data());
            throw Failure.readOnly();
        }
        upload.get().write(fields.getLong(), packet.data());
        replies.status(id, Status.OK, "");
    }

    private void openFolder(int id, Node folder) throws IOException, Failure, InterruptedException {
        handles.requireRoom();
        replies.handle(id, handles.add(new OpenFolder(folder, folder.list())));
    }

    private void list(int id, Handle handle) throws IOException, Failure, InterruptedException {
        if (!(handle instanceof OpenFolder folder)) {
            throw new Failure(Status.FAILURE, "this handle is none of a folder");
        }
        replies.names(id, folder, Instant.now());
    }

    /** Times and permissions that a client wants to give to what it uploads mean nothing here, and do no harm. */
    private void change(int id, Optional<Upload> upload, Buffer fields) throws IOException, Failure {
        if (upload.isEmpty()) {
            throw Failure.readOnly();
        }
        upload.get().resize(Attributes.size(fields));
        replies.status(id, Status.OK, "");
    }

    private void extended(int id, String name) throws IOException {
        if (Replies.isLimits(name)) {
            replies.limits(id, handles.limit());
        } else {
            unsupported(id);
        }
    }

    private void unsupported(int id) throws IOException {
        replies.status(id, Status.OP_UNSUPPORTED, "this request is not supported");
    }

    private static Optional<Upload> upload(Handle handle) {
        return handle instanceof Upload upload ? Optional.of(upload) : Optional.empty();
    }

    private static RemotePath path(Buffer fields) throws Failure {
        return RemotePath.of(fields.getBytes());
    }
}
