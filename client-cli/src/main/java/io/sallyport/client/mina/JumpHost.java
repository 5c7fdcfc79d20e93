package io.sallyport.client.mina;

import io.sallyport.client.ClientException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One place of {@code ProxyJump}: {@code [user@]host[:port]}, or the same as a URI.
 *
 * @param user who to be there
 * @param host as the user's configuration may know it
 * @param port in digits
 */
record JumpHost(Optional<String> user, String host, Optional<String> port) {
    private static final Pattern FORM =
            Pattern.compile("(?:ssh://)?(?:([^@]+)@)?(?:\\[([^\\]]+)\\]|([^:\\[\\]]+))(?::(\\d{1,5}))?/?");

    static JumpHost of(String text) throws ClientException {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new ClientException.BadSetting("ProxyJump", "'" + text + "' is not [USER@]HOST[:PORT]");
        }
        String host = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        return new JumpHost(Optional.ofNullable(matcher.group(1)), host, Optional.ofNullable(matcher.group(4)));
    }
}
