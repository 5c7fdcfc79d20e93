package io.sallyport.builds.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Keeps what a visit prints. */
public final class RecordedVisit implements VisitOutput {
    private final RecordedOutput kept = new RecordedOutput();

    @Override
    public void out(ByteBuffer bytes) {
        kept.out(bytes);
    }

    @Override
    public void err(ByteBuffer bytes) {
        kept.err(bytes);
    }

    /** Waits until standard output has a text in it. */
    public void waitForOut(String text) throws InterruptedException {
        kept.waitForOut(text);
    }

    /** Standard output, with line ends as programs write them. */
    public String out() {
        return kept.out().replace("\r\n", "\n");
    }

    public String err() {
        return kept.err();
    }

    static void type(Visit visit, String text) throws Exception {
        byte[] bytes = text.getBytes(UTF_8);
        visit.give(bytes, 0, bytes.length);
    }
}
