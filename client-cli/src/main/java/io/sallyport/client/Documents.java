package io.sallyport.client;

import java.io.IOException;

/** Requests that change nothing and are answered by one JSON document; repeated when the connection is lost. */
final class Documents {
    private final Exchange exchange;
    private final Reconnection reconnection;

    Documents(Exchange exchange, Reconnection reconnection) {
        this.exchange = exchange;
        this.reconnection = reconnection;
    }

    /**
     * The answer, which may be the ended build of a request that waited.
     *
     * @throws ClientException.Refused when the gateway answered without a document
     */
    Answer get(Request request) throws IOException, InterruptedException {
        Whole whole = new Whole(request);
        Ending.Answered answered = reconnection.run(whole);
        String text = whole.buffer.text();
        if (answered.status() != 0 && text.isEmpty()) {
            throw new ClientException.Refused(answered.status(), answered.said());
        }
        return new Answer(answered.status(), text);
    }

    /** Starts from nothing each time: half a document is of no use. */
    private final class Whole implements Reconnection.Attempt {
        private final Request request;
        private BoundedBuffer buffer = new BoundedBuffer();

        private Whole(Request request) {
            this.request = request;
        }

        @Override
        public Ending run() throws IOException, InterruptedException {
            buffer = new BoundedBuffer();
            return exchange.run(request, Body.none(), buffer);
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public String resumeHint() {
            return "the same command can be given again";
        }
    }
}
