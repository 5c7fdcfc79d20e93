package io.sallyport.gateway.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the client of one channel has open, up to a limit. For one thread. */
final class Handles implements AutoCloseable {
    /** Bytes of a handle on the wire. */
    static final int LENGTH = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Handles.class);

    private final int limit;
    private final Map<Integer, Handle> open = new LinkedHashMap<>();
    private int last;

    Handles(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    /** Says no before anything is opened that would find no place. */
    void requireRoom() throws Failure {
        if (open.size() >= limit) {
            throw new Failure(Status.FAILURE, limit + " files and folders are open already (limits.sftpHandles)");
        }
    }

    /** Takes a handle in; the answer is its name on the wire. */
    byte[] add(Handle handle) {
        do {
            last++;
        } while (open.containsKey(last));
        open.put(last, handle);
        return ByteBuffer.allocate(LENGTH).putInt(last).array();
    }

    /** The handle of that name. */
    Handle get(byte[] name) throws Failure {
        Handle handle = name.length == LENGTH ? open.get(ByteBuffer.wrap(name).getInt()) : null;
        if (handle == null) {
            throw new Failure(Status.FAILURE, "this handle is not open");
        }
        return handle;
    }

    /** The same, which is not open from now on. */
    Handle remove(byte[] name) throws Failure {
        Handle handle = get(name);
        open.remove(ByteBuffer.wrap(name).getInt());
        return handle;
    }

    /** The open upload to a path. */
    Optional<Upload> uploadTo(RemotePath path) {
        for (Handle handle : open.values()) {
            if (handle instanceof Upload upload && upload.path().equals(path)) {
                return Optional.of(upload);
            }
        }
        return Optional.empty();
    }

    /** Abandons whatever is still open. */
    @Override
    public void close() {
        for (Handle handle : open.values()) {
            try {
                handle.abandon();
            } catch (IOException e) {
                LOG.warn("closing a handle failed", e);
            }
        }
        open.clear();
    }
}
