package io.sallyport.builds.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** Streams that fail as soon as a job is stopped, so that what takes long ends soon. */
final class StoppableStreams {
    private StoppableStreams() {}

    /** The job was stopped. */
    static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static void check(BooleanSupplier stopped) throws Stopped {
        if (stopped.getAsBoolean()) {
            throw new Stopped();
        }
    }

    static InputStream of(InputStream in, BooleanSupplier stopped) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                check(stopped);
                return in.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                check(stopped);
                return in.read(into, offset, length);
            }
        };
    }

    /** Closing it does nothing. */
    static OutputStream of(OutputStream out, BooleanSupplier stopped) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                check(stopped);
                out.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                check(stopped);
                out.write(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }
}
