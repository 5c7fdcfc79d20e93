package io.sallyport.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The few values that are looked up in the gateway's answers: the first of that name. */
final class Json {
    private Json() {}

    static long number(String json, String name) {
        return Long.parseLong(find(json, name, "([0-9]+)"));
    }

    static String text(String json, String name) {
        return find(json, name, "\"([^\"]*)\"");
    }

    private static String find(String json, String name, String value) {
        Matcher matcher = Pattern.compile("\"" + name + "\":" + value).matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return matcher.group(1);
    }
}
