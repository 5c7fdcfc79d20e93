package io.sallyport.builds.log;

import io.sallyport.builds.BuildState;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/**
 * A process that writes one log after the other until it is killed, and tells on standard output what a follower of each
 * has been given: number of the build, count of bytes, the bytes.
 */
final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws IOException {
        long seed = Long.parseLong(arguments[1]);
        try (LogStore store = new LogStore(Path.of(arguments[0]), new LogLimits(32 << 10))) {
            for (long build = 1; ; build++) {
                BuildLog log = store.create(build);
                Thread follower = Thread.ofPlatform().start(() -> follow(log));
                try (LogWriter writer = log.writer()) {
                    new Script(seed + build, "test", "lint").print(writer, 2000);
                    writer.end(BuildState.SUCCEEDED);
                }
                join(follower);
            }
        }
    }

    private static void follow(BuildLog log) {
        DataOutputStream out = new DataOutputStream(System.out);
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        try (ReadableByteChannel in = log.raw(LogSelection.ALL, true).open(0)) {
            while (in.read(buffer.clear()) >= 0) {
                out.writeLong(log.build());
                out.writeInt(buffer.position());
                out.write(buffer.array(), 0, buffer.position());
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
