package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Nearest;
import io.sallyport.builds.outward.ReportKind;
import io.sallyport.builds.outward.ReportSettings;
import io.sallyport.builds.outward.ReportToken;
import io.sallyport.handlers.BodyForm;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The body of a report that is wanted, read. */
final class ReportForm {
    static final List<String> FIELDS =
            List.of("kind", "url", "repository", "context", "states", "trusted", "targetUrl", "secret", "token");

    static final BodyForm BODY = BodyForm.json(
            "kind (github, gitlab, gitea, webhook), url, repository, secret (its name) or token, context, states [..],"
                    + " trusted (false), targetUrl",
            "{\"kind\":\"gitea\",\"url\":\"https://git.example\",\"repository\":\"team/web\",\"secret\":\"FORGE_TOKEN\"}",
            "PUT /projects/web/reports/forge");

    private static final int LONGEST = 1000;
    private static final int LONGEST_CONTEXT = 100;
    private static final int LONGEST_TOKEN = 1000;
    private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?|\\[[0-9a-fA-F:.]+]");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+");
    private static final Pattern IN_GROUPS = Pattern.compile("[0-9]+|[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+");
    private static final List<String> STATES =
            Arrays.stream(BuildState.values()).map(BuildState::label).toList();

    private ReportForm() {}

    /** @param project whose builds are reported, which the usual context names */
    static ReportSettings settings(JsonNode json, String project) throws JsonBody.Unusable {
        ReportKind kind = kind(json);
        if (!kind.isForge()) {
            for (String name : List.of("repository", "context")) {
                if (json.has(name)) {
                    throw new JsonBody.Unusable("'" + name + "' is for forges, a webhook has none");
                }
            }
        }
        return new ReportSettings(
                kind,
                url(json, kind),
                kind.isForge() ? Optional.of(repository(json, kind)) : Optional.empty(),
                kind.isForge()
                        ? text(json, "context", LONGEST_CONTEXT).or(() -> Optional.of("sallyport/" + project))
                        : Optional.empty(),
                states(json),
                JsonBody.flag(json, "trusted", false),
                targetUrl(json));
    }

    static ReportToken token(JsonNode json) throws JsonBody.Unusable {
        Optional<String> secret = text(json, "secret", LONGEST);
        if (json.has("token") && secret.isPresent()) {
            throw new JsonBody.Unusable(
                    "'secret' names a secret of the project, 'token' is one itself: give one of them");
        }
        if (!json.has("token")) {
            return secret.<ReportToken>map(ReportToken.OfSecret::new).orElseGet(ReportToken.Unchanged::new);
        }
        String token = JsonBody.text(json, "token", "");
        if (token.length() > LONGEST_TOKEN || !TOKEN.matcher(token).matches()) {
            throw new JsonBody.Unusable(
                    "'token' must be 1 to " + LONGEST_TOKEN + " printable characters without blanks");
        }
        return new ReportToken.Given(token);
    }

    private static ReportKind kind(JsonNode json) throws JsonBody.Unusable {
        String label = JsonBody.text(json, "kind", "");
        if (label.isEmpty()) {
            throw new JsonBody.Unusable("'kind' is missing: one of " + String.join(", ", ReportKind.labels()));
        }
        return ReportKind.parse(label)
                .orElseThrow(() -> new JsonBody.Unusable("'kind' is one of " + String.join(", ", ReportKind.labels())
                        + ", not '" + label + "'" + near(label, ReportKind.labels())));
    }

    private static URI url(JsonNode json, ReportKind kind) throws JsonBody.Unusable {
        Optional<String> text = text(json, "url", LONGEST).or(kind::usualUrl);
        if (text.isEmpty()) {
            throw new JsonBody.Unusable(
                    "'url' is missing: where the " + (kind.isForge() ? kind.label() + " server" : "webhook") + " is");
        }
        URI url = web(text.get(), "url");
        if (url.getRawFragment() != null || (kind.isForge() && url.getRawQuery() != null)) {
            throw new JsonBody.Unusable("'url' must have no # in it" + (kind.isForge() ? ", and no ?" : ""));
        }
        return url;
    }

    /** An address of the web, with a host and without a user. */
    private static URI web(String text, String name) throws JsonBody.Unusable {
        try {
            URI url = new URI(text);
            boolean ofWeb = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (ofWeb
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getPort() != 0
                    && url.getPort() <= 0xffff
                    && HOST.matcher(url.getHost()).matches()) {
                return new URI(url.toASCIIString());
            }
        } catch (URISyntaxException e) {
            throw new JsonBody.Unusable("'" + name + "' is no address of the web: " + e.getReason());
        }
        throw new JsonBody.Unusable(
                "'" + name + "' must be an address of the web, such as https://git.example, without a user in it");
    }

    private static String repository(JsonNode json, ReportKind kind) throws JsonBody.Unusable {
        String text = text(json, "repository", LONGEST).orElse("");
        Pattern form = kind == ReportKind.GITLAB ? IN_GROUPS : REPOSITORY;
        boolean hasDots = Arrays.stream(text.split("/")).anyMatch(part -> part.equals(".") || part.equals(".."));
        if (!form.matcher(text).matches() || hasDots) {
            throw new JsonBody.Unusable("'repository' must be one, such as team/web"
                    + (kind == ReportKind.GITLAB ? ", group/team/web or its number" : ""));
        }
        return text;
    }

    private static Set<BuildState> states(JsonNode json) throws JsonBody.Unusable {
        Set<BuildState> states = EnumSet.noneOf(BuildState.class);
        for (String label : JsonBody.texts(json, "states", STATES.size())) {
            states.add(BuildState.parse(label)
                    .orElseThrow(() -> new JsonBody.Unusable("'" + label + "' in 'states' is none of "
                            + String.join(", ", STATES) + near(label, STATES))));
        }
        return states.isEmpty() ? EnumSet.allOf(BuildState.class) : states;
    }

    private static Optional<String> targetUrl(JsonNode json) throws JsonBody.Unusable {
        Optional<String> text = text(json, "targetUrl", LONGEST);
        if (text.isPresent()) {
            String filled = text.get();
            for (String place : List.of("{build}", "{project}", "{ref}", "{commit}")) {
                filled = filled.replace(place, "1");
            }
            web(filled, "targetUrl");
        }
        return text;
    }

    private static Optional<String> text(JsonNode json, String name, int longest) throws JsonBody.Unusable {
        if (!json.has(name)) {
            return Optional.empty();
        }
        String text = JsonBody.text(json, name, "");
        if (text.isBlank() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw new JsonBody.Unusable("'" + name + "' must be a text of 1 to " + longest + " characters");
        }
        return Optional.of(text);
    }

    private static String near(String word, List<String> words) {
        return Nearest.to(word, words)
                .map(near -> ", did you mean '" + near + "'?")
                .orElse("");
    }
}
