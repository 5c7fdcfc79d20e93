package io.sallyport.builds.executor.docker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a job is in its container, by numbers: no image need know them.
 *
 * @param uid from 0, which is root
 * @param gid from 0
 */
public record ContainerUser(int uid, int gid) {
    /** User and group 1000. */
    public static final ContainerUser DEFAULT = new ContainerUser(1000, 1000);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}):(\\d{1,9})");

    /** Of {@code UID:GID}; empty when it is not. */
    public static Optional<ContainerUser> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ContainerUser(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}
