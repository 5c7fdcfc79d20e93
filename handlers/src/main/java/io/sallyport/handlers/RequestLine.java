package io.sallyport.handlers;

import io.sallyport.builds.Nearest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request as it is typed: {@code METHOD PATH [name=value …]}, or a short form that stands for one.
 *
 * @param method what to do
 * @param path percent-decoded, without its query
 * @param parameters of the query and of the words after the path
 */
public record RequestLine(Method method, String path, Map<String, String> parameters) {
    private static final String OLD_SCP = "the old SCP protocol is not spoken here: leave out scp's option -O,"
            + " give it -s before OpenSSH 9.0, or use sftp";

    private static final Pattern ENTERING = Pattern.compile("^/builds/[^/]+/.+/(shell|ports/[^/ ]+)$");

    /** What a line turned out to be. */
    public sealed interface Read {}

    /** A request. */
    public record Understood(RequestLine request) implements Read {}

    /** No request; the problem says what is wrong with it. */
    public record Misunderstood(Problem problem) implements Read {}

    /** Reads a line of at most the length that the surface allows. */
    public static Read of(String line) {
        try {
            return new Understood(read(CommandLine.split(line)));
        } catch (CommandLine.Unfinished e) {
            return new Misunderstood(Problem.badRequest("the " + e.quote() + " is never closed"));
        } catch (Param.Malformed e) {
            return new Misunderstood(Problem.badRequest(e.detail()));
        }
    }

    private static RequestLine read(List<String> words) throws Param.Malformed {
        if (words.isEmpty()) {
            throw new Param.Malformed("", "nothing is asked for; 'help' lists what can be");
        }
        String first = words.getFirst();
        for (Method method : Method.values()) {
            if (method.name().equals(first)) {
                return plain(method, words.subList(1, words.size()));
            }
        }
        for (ShortForm form : ShortForm.values()) {
            if (form.word().equals(first)) {
                return form.expand(words.subList(1, words.size()));
            }
        }
        Optional<RequestLine> entering = entering(words);
        if (entering.isPresent()) {
            return entering.get();
        }
        if (first.equals("scp")) {
            throw new Param.Malformed("", OLD_SCP);
        }
        throw new Param.Malformed("", unknown(words));
    }

    /** {@code builds/42/test/shell} is typed without a method: nothing else can be meant. Names of jobs may have blanks. */
    private static Optional<RequestLine> entering(List<String> words) throws Param.Malformed {
        String path = String.join(" ", words);
        String target = path.startsWith("/") ? path : "/" + path;
        return target.startsWith("/builds/") && ENTERING.matcher(target).find()
                ? Optional.of(of(Method.POST, target, Map.of()))
                : Optional.empty();
    }

    static RequestLine plain(Method method, List<String> words) throws Param.Malformed {
        if (words.isEmpty()) {
            throw new Param.Malformed("", method + " needs a path, such as " + method + " /builds");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters(words.subList(1, words.size()), parameters);
        return of(method, words.getFirst(), parameters);
    }

    /**
     * A request whose parts are known already.
     *
     * @param target a path, percent-encoded, with or without a query
     * @param parameters besides those of the query
     * @throws Param.Malformed when the target is none, or a parameter is in both
     */
    public static RequestLine of(Method method, String target, Map<String, String> parameters) throws Param.Malformed {
        if (!target.startsWith("/")) {
            throw new Param.Malformed("", "a path begins with '/': did you mean '/" + target + "'?");
        }
        int question = target.indexOf('?');
        Map<String, String> all = new LinkedHashMap<>();
        if (question >= 0) {
            query(target.substring(question + 1), all);
        }
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            put(parameter.getKey(), parameter.getValue(), all);
        }
        return new RequestLine(method, decode(question < 0 ? target : target.substring(0, question)), all);
    }

    static void parameters(List<String> words, Map<String, String> into) throws Param.Malformed {
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0 && isOption(word)) {
                throw new Param.Malformed(word, "unknown option '" + word + "'; parameters are of the form name=value");
            }
            if (equals <= 0) {
                // After a parameter it is most likely the rest of a value whose quotes the caller's own shell took off.
                String hint = into.isEmpty() ? "" : "; a value with blanks is quoted twice: \"name='two words'\"";
                throw new Param.Malformed(word, "'" + word + "' is not of the form name=value" + hint);
            }
            put(word.substring(0, equals), word.substring(equals + 1), into);
        }
    }

    /** {@code -n}, {@code --limit}: nobody means a value by it. */
    static boolean isOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-' && !Character.isDigit(word.charAt(1));
    }

    private static void query(String query, Map<String, String> into) throws Param.Malformed {
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)), into);
            }
        }
    }

    private static void put(String name, String value, Map<String, String> into) throws Param.Malformed {
        if (into.putIfAbsent(name, value) != null) {
            throw new Param.Malformed(name, "parameter '" + name + "' is given twice");
        }
    }

    /** Percent-decoding as in RFC 3986, section 2.1; the bytes must be UTF-8. */
    private static String decode(String text) throws Param.Malformed {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] from = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(from.length);
        for (int i = 0; i < from.length; i++) {
            if (from[i] == '%') {
                bytes.put(hex(from, i, text));
                i += 2;
            } else {
                bytes.put(from[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new Param.Malformed("", "'" + text + "' does not decode to UTF-8");
        }
    }

    private static byte hex(byte[] text, int percent, String whole) throws Param.Malformed {
        int high = percent + 2 < text.length ? Character.digit(text[percent + 1], 16) : -1;
        int low = percent + 2 < text.length ? Character.digit(text[percent + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new Param.Malformed("", "'" + whole + "' has a '%' without two hexadecimal digits");
        }
        return (byte) (high << 4 | low);
    }

    private static String unknown(List<String> words) {
        String word = words.getFirst();
        Optional<String> meant = OtherWords.meant(words);
        if (meant.isPresent()) {
            return "unknown word '" + word + "', did you mean '" + meant.get() + "'?";
        }
        if (word.startsWith("/")) {
            return "a request begins with its method: did you mean 'GET " + word + "'?";
        }
        List<String> known = new ArrayList<>();
        for (Method method : Method.values()) {
            known.add(method.name());
        }
        for (ShortForm form : ShortForm.values()) {
            known.add(form.word());
        }
        known.add("dashboard");
        String upper = word.toUpperCase(Locale.ROOT);
        String near = known.contains(upper) ? upper : Nearest.to(word, known).orElse("");
        return "unknown word '" + word + "'"
                + (near.isEmpty() ? "; 'help' lists all" : ", did you mean '" + near + "'?");
    }
}
