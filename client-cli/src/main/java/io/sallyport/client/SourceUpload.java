package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Brings to the gateway what it lacks of a source. After a lost connection it asks anew: what has come whole is there.
 */
final class SourceUpload {
    /** What a gateway answers that does not know manifests, or not the project. */
    private static final Set<Integer> UNKNOWN = Set.of(64, 66);

    private final Exchange exchange;
    private final Reconnection reconnection;
    private final Request request;
    private final KnownSource source;

    SourceUpload(Exchange exchange, Reconnection reconnection, Submission submission, KnownSource source) {
        this.exchange = exchange;
        this.reconnection = reconnection;
        Request post = Request.of("POST", "/projects/" + Request.encodePath(submission.project()) + "/manifests");
        String ref = submission.parameters().get("ref");
        this.request = ref == null ? post : post.with("ref", ref);
        this.source = source;
    }

    /** The body to submit then; empty when the gateway takes no manifests, and wants all of the source. */
    Optional<Body> run() throws IOException, InterruptedException {
        Set<String> missing = new LinkedHashSet<>();
        for (Body body = source.manifest(); true; body = source.with(missing)) {
            Asking asking = new Asking(body);
            Ending.Answered answered = reconnection.run(asking);
            if (answered.status() != 0) {
                if (missing.isEmpty() && UNKNOWN.contains(answered.status())) {
                    return Optional.empty();
                }
                throw new ClientException.Refused(answered.status(), answered.said());
            }
            Collection<String> now = source.known(asking.missing);
            if (now.isEmpty()) {
                return Optional.of(source.named());
            }
            if (!missing.isEmpty() && missing.containsAll(now) && now.size() == missing.size()) {
                throw new ClientException.Unintelligible("it lacks files that were just sent");
            }
            missing.clear();
            missing.addAll(now);
        }
    }

    /** One request; repeated, it sends the manifest alone, so that the gateway tells what is still missing. */
    private final class Asking implements Reconnection.Attempt {
        private final Body body;
        private final Set<String> missing = new LinkedHashSet<>();
        private boolean tried;

        Asking(Body body) {
            this.body = body;
        }

        @Override
        public Ending run() throws IOException, InterruptedException {
            Body next = tried ? source.manifest() : body;
            tried = true;
            missing.clear();
            Lines answer = new Lines() {
                @Override
                protected void line(byte[] bytes) {
                    Json.objectOn(bytes)
                            .map(Asking::digest)
                            .filter(text -> !text.isEmpty())
                            .ifPresent(missing::add);
                }
            };
            return exchange.saying(OutputStream.nullOutputStream()).run(request, next, answer);
        }

        private static String digest(JsonNode line) {
            return line.path("missing").asText("").replaceFirst("^sha256:", "");
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public String resumeHint() {
            return "nothing was submitted, submit again: what has been sent is not sent again";
        }
    }
}
