package io.sallyport.builds.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Prints at random, the same for the same seed, and knows what the log must hold after it. */
final class Script {
    private static final String[] WORDS = {
        "compiling", "é", "ü", "ok\n", "\n", "warning: ", "\u001b[31m", "日本", "😀", "x", " ", "done\n", "\r\n"
    };

    private final Random random;
    private final List<String> jobs;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Source> sources = new ArrayList<>(); // of each byte

    record Source(String job, Stream stream) {}

    Script(long seed, String... jobs) {
        this.random = new Random(seed);
        this.jobs = List.of(jobs);
    }

    /** Makes some appends. */
    void print(LogWriter log, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            String job = jobs.get(random.nextInt(jobs.size()));
            switch (random.nextInt(8)) {
                case 0 -> system(log, "", "build says " + i);
                case 1 -> system(log, job, "$ make " + i);
                default -> print(log, job, random.nextInt(3) == 0 ? Stream.ERR : Stream.OUT, text());
            }
        }
    }

    private byte[] text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0) {
            utf8[random.nextInt(utf8.length)] = (byte) random.nextInt(256);
        }
        return utf8;
    }

    void print(LogWriter log, String job, Stream stream, byte[] text) throws IOException {
        ByteBuffer buffer = random.nextBoolean() ? ByteBuffer.wrap(text) : direct(text);
        log.append(log.job(job), stream, buffer);
        note(job, stream, text);
    }

    private static ByteBuffer direct(byte[] text) {
        return ByteBuffer.allocateDirect(text.length).put(text).flip();
    }

    void system(LogWriter log, String job, String line) throws IOException {
        log.system(job.isEmpty() ? 0 : log.job(job), line);
        if (bytes.size() > 0 && bytes.toByteArray()[bytes.size() - 1] != '\n') {
            note(job, Stream.SYSTEM, new byte[] {'\n'});
        }
        note(job, Stream.SYSTEM, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void note(String job, Stream stream, byte[] text) {
        bytes.writeBytes(text);
        for (int i = 0; i < text.length; i++) {
            sources.add(new Source(job, stream));
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    Source source(int offset) {
        return sources.get(offset);
    }

    /** What the log must give for a selection from an offset on. */
    byte[] bytes(LogSelection selection, int offset) {
        Predicate<Source> wanted = source -> selection.streams().contains(source.stream())
                && selection.job().map(source.job()::equals).orElse(true);
        byte[] all = bytes.toByteArray();
        ByteArrayOutputStream selected = new ByteArrayOutputStream();
        for (int i = offset; i < all.length; i++) {
            if (wanted.test(sources.get(i))) {
                selected.write(all[i]);
            }
        }
        return selected.toByteArray();
    }
}
