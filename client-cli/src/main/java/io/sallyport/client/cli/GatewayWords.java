package io.sallyport.client.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the gateway calls otherwise than sally: short forms that are no commands of sally's so far, and requests of plain ssh. */
final class GatewayWords {
    private static final String ID = "ID";

    private static final Map<String, String> REQUESTS = Map.of(
            "queue", "top",
            "whoami", "api GET /whoami",
            "start", "api POST /builds/ID/start job=JOB",
            "artifacts", "get ID",
            "projects", "api GET /projects",
            "metrics", "api GET /metrics",
            "audit", "api GET /audit");

    /** A request of plain ssh in a sentence of the gateway's, and by which command of sally's it is made. */
    private static final Pattern REQUEST =
            Pattern.compile("ssh (?:-p PORT HOST|…) (?<method>GET|POST|PUT|DELETE) (?<path>/[^\\s']+)");

    private static final Pattern SECRET = Pattern.compile("PUT /projects/.+/secrets/(?<name>[^/]+)");

    private GatewayWords() {}

    /** A sentence of the gateway's, with sally's commands in the place of those of plain ssh. */
    static String retold(String sentence) {
        return REQUEST.matcher(sentence).replaceAll(found -> Matcher.quoteReplacement(command(found)));
    }

    private static String command(MatchResult request) {
        String words = request.group("method") + " " + request.group("path");
        Matcher secret = SECRET.matcher(words);
        return secret.matches() ? "sally secrets set " + secret.group("name") : "sally api " + words;
    }

    /** The command to give instead; a build's number behind the word is taken over. */
    static Optional<String> instead(List<String> words) {
        String id = words.size() > 1 && words.get(1).matches("[0-9]{1,18}") ? words.get(1) : ID;
        return Optional.ofNullable(REQUESTS.get(words.getFirst())).map(request -> "sally " + request.replace(ID, id));
    }
}
