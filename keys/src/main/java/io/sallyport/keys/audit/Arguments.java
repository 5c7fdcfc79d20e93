package io.sallyport.keys.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/** Stands in the log for the arguments of a request, which may hold what is not to be written down. */
public final class Arguments {
    private Arguments() {}

    /**
     * SHA-256, in hex, over {@code name=value} and a zero byte for each, in the order given, in UTF-8; empty for none.
     */
    public static String digest(Map<String, String> arguments) {
        if (arguments.isEmpty()) {
            return "";
        }
        MessageDigest digest = ChainEnd.sha256();
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            digest.update((argument.getKey() + "=" + argument.getValue() + "\0").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
