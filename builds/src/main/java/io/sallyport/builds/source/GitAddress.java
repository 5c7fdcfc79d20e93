package io.sallyport.builds.source;

import io.sallyport.builds.secret.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A repository, and what of it is meant. Both are in a form in which they mean one thing only: the host and the path have
 * no escapes, and the path no {@code .} and {@code ..}.
 *
 * @param url of the repository: https or http, without a user, a query and a fragment
 * @param ref a branch or tag by its name, a ref by its full name, or the whole id of a commit; empty for HEAD
 */
public record GitAddress(URI url, Optional<String> ref) {
    private static final int LONGEST_URL = 1024;
    private static final int LONGEST_REF = 256;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9._~+@-]+)+/?");
    private static final Pattern DOTS = Pattern.compile("(?:^|.*/)\\.{1,2}(?:/.*|$)");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");
    /** What git refuses in a ref (its documentation of {@code git-check-ref-format}), and a name that could be an option. */
    private static final Pattern NO_REF = Pattern.compile(
            ".*(?:\\.\\.|@\\{|//|/\\.|\\.lock/|[\\x00-\\x20\\x7f~^:?*\\[\\\\]).*|[-./@].*|.*(?:\\.|/|\\.lock)");

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** Reads both as they were given. */
    static GitAddress parse(String url, Optional<String> ref) throws Unacceptable {
        if (ref.isPresent() && (ref.get().length() > LONGEST_REF || isNoRef(ref.get()))) {
            throw SourceDocument.wrong("'ref' can be no branch, tag or commit: " + Names.printable(ref.get()));
        }
        return new GitAddress(url(url), ref.filter(name -> !name.equals("HEAD")));
    }

    private static boolean isNoRef(String ref) {
        return NO_REF.matcher(ref).matches() || ref.chars().anyMatch(c -> c > 0x7f && Character.isISOControl(c));
    }

    /** The id, if it is a commit's that is meant. */
    public Optional<String> commit() {
        return ref.filter(name -> COMMIT.matcher(name).matches());
    }

    private static URI url(String text) throws Unacceptable {
        requireScheme(text);
        try {
            URI url = new URI(text);
            if (url.getRawUserInfo() != null
                    || String.valueOf(url.getRawAuthority()).contains("@")) {
                throw SourceDocument.wrong("'url' has a user in it: credentials belong into the project's secret" + " "
                        + Secret.GIT_CREDENTIALS);
            }
            if (text.length() > LONGEST_URL
                    || url.getHost() == null
                    || !HOST.matcher(url.getHost()).matches()
                    || url.getPort() > 0xffff
                    || url.getPort() == 0
                    || url.getRawQuery() != null
                    || url.getRawFragment() != null
                    || !PATH.matcher(url.getRawPath()).matches()
                    || DOTS.matcher(url.getRawPath()).matches()) {
                throw SourceDocument.wrong("'url' should be https://HOST/PATH of letters, digits and ._~+@- alone");
            }
            return new URI(url.getScheme().toLowerCase(Locale.ROOT)
                    + "://" + url.getHost().toLowerCase(Locale.ROOT)
                    + (url.getPort() < 0 ? "" : ":" + url.getPort())
                    + (url.getRawPath().endsWith("/")
                            ? url.getRawPath().substring(0, url.getRawPath().length() - 1)
                            : url.getRawPath()));
        } catch (URISyntaxException e) {
            throw SourceDocument.wrong("'url' is no address of the web");
        }
    }

    private static void requireScheme(String text) throws Unacceptable {
        var scheme = SCHEME.matcher(text);
        if (!scheme.matches()) {
            throw SourceDocument.wrong("'url' should begin with https://"
                    + (text.contains("@") || text.startsWith("/") ? "; git is not fetched by ssh or from files" : ""));
        }
        String name = scheme.group(1).toLowerCase(Locale.ROOT);
        if (!name.equals("https") && !name.equals("http")) {
            throw SourceDocument.wrong("'url' should begin with https://; git is not fetched by " + name + "://");
        }
    }
}
