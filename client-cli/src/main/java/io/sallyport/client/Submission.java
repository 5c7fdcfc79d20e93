package io.sallyport.client;

import java.util.Map;
import java.util.Optional;

/**
 * What to submit.
 *
 * @param project its name
 * @param parameters as the contract has them: {@code ref}, {@code commit}, {@code labels.NAME}, {@code variables.NAME} and more, but
 *     not {@code follow} and {@code artifact}
 * @param source an archive or a JSON document
 * @param artifact the path of one artifact that is wanted as the output; it implies that the build is followed
 */
public record Submission(String project, Map<String, String> parameters, Body source, Optional<String> artifact) {
    /** Keeps a copy of the parameters. */
    public Submission {
        parameters = Map.copyOf(parameters);
    }

    /** The same with another body. */
    Submission with(Body other) {
        return new Submission(project, parameters, other, artifact);
    }

    /** Whether asking twice gives one build. */
    boolean repeatable() {
        return source.repeatable() && parameters.containsKey("idempotency-key");
    }

    /** The request without the parameters that make it wait. */
    Request request() {
        Request request = Request.of("submit", project);
        for (String name : parameters.keySet().stream().sorted().toList()) {
            request = request.with(name, String.valueOf(parameters.get(name)));
        }
        return request;
    }
}
