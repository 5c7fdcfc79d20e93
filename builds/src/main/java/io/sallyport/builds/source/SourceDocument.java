package io.sallyport.builds.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.Nearest;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.StrictJson;
import io.sallyport.builds.blob.Digest;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The body of a submission that says where its source is, instead of having it: a small JSON object. */
sealed interface SourceDocument {
    /** No body of this kind needs more bytes. */
    int LONGEST = 8192;

    /** {@code {"manifest":"sha256:…"}}: a manifest that is there already. */
    record OfManifest(Digest name) implements SourceDocument {}

    /** {@code {"git":{"url":"https://…","ref":"main"}}}: a repository that is to be fetched. */
    record OfGit(GitAddress address) implements SourceDocument {}

    /** Whether a body that begins so is a JSON object. */
    static boolean isIn(byte[] first) {
        for (byte each : first) {
            if (!Character.isWhitespace(each)) {
                return each == '{';
            }
        }
        return false;
    }

    /** Reads one to its end. */
    static SourceDocument read(InputStream body) throws Unacceptable {
        byte[] window = new byte[LONGEST + 1];
        byte[] bytes = Arrays.copyOf(window, Body.read(body, window));
        if (bytes.length > LONGEST) {
            throw wrong("it is longer than " + LONGEST + " bytes");
        }
        JsonNode document = json(bytes);
        only(document, "", List.of("git", "manifest"));
        if (document.size() != 1) {
            throw wrong("it should have one of 'git' and 'manifest'");
        }
        return document.has("git") ? git(document.path("git")) : manifest(document.path("manifest"));
    }

    private static JsonNode json(byte[] bytes) throws Unacceptable {
        if (Names.utf8(bytes).isEmpty()) {
            throw new Unacceptable(new Refusal.UnknownFormat()); // something else, that begins as one by chance
        }
        try {
            JsonNode document = StrictJson.read(bytes);
            if (document.isObject()) {
                return document;
            }
        } catch (StrictJson.NotJson e) {
            throw wrong("it is no JSON: " + Names.printable(e.why()));
        }
        throw new Unacceptable(new Refusal.UnknownFormat());
    }

    private static OfManifest manifest(JsonNode name) throws Unacceptable {
        return new OfManifest(Digest.parse(name.asText())
                .filter(digest -> name.isTextual())
                .orElseThrow(() -> Unacceptable.damaged("'manifest' is not sha256: and 64 hexadecimal digits")));
    }

    private static OfGit git(JsonNode git) throws Unacceptable {
        if (!git.isObject()) {
            throw wrong("'git' should be an object with 'url' and 'ref'");
        }
        only(git, "git.", List.of("url", "ref"));
        String url = text(git, "url").orElseThrow(() -> wrong("'git' has no 'url'"));
        return new OfGit(GitAddress.parse(url, text(git, "ref")));
    }

    private static Optional<String> text(JsonNode object, String field) throws Unacceptable {
        JsonNode value = object.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw wrong("'" + field + "' should be a text");
        }
        return Optional.of(value.asText());
    }

    private static void only(JsonNode object, String prefix, List<String> known) throws Unacceptable {
        for (String field : (Iterable<String>) object::fieldNames) {
            if (!known.contains(field)) {
                throw wrong("there is no field '" + prefix + Names.printable(field) + "'"
                        + Nearest.to(field, known)
                                .map(near -> ", did you mean '" + prefix + near + "'?")
                                .orElse("; there are " + String.join(" and ", known)));
            }
        }
    }

    /** What is said of a document that nobody can follow. */
    static Unacceptable wrong(String reason) {
        return new Unacceptable(new Refusal.BadDocument(reason));
    }
}
