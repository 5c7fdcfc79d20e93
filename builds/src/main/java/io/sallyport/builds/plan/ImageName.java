package io.sallyport.builds.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image as Docker reads it: {@code [registry/]repository[:tag][@digest]}.
 *
 * @param written as it was given
 * @param registry such as {@code docker.io} or {@code registry.example.com:5000}
 * @param repository such as {@code library/busybox}
 * @param tag empty when there is none
 * @param digest {@code sha256:…}; empty when there is none
 */
public record ImageName(
        String written, String registry, String repository, Optional<String> tag, Optional<String> digest) {
    /** Where Docker looks for a name without a registry. */
    public static final String USUAL_REGISTRY = "docker.io";
    /** That of a name without a tag. */
    public static final String USUAL_TAG = "latest";

    private static final String NAME = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern FORM =
            Pattern.compile("(?:(?<registry>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\\d{1,5})?)/)?(?<repository>"
                    + NAME + "(?:/" + NAME + ")*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?");
    private static final int LONGEST = 512;

    /** Reads a name; empty when no engine would take it. */
    public static Optional<ImageName> parse(String written) {
        Matcher matcher = FORM.matcher(written);
        if (written.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        String registry = matcher.group("registry");
        String repository = matcher.group("repository");
        if (registry != null && !isRegistry(registry)) { // the first part of a name on Docker's own
            if (!registry.matches(NAME)) {
                return Optional.empty();
            }
            repository = registry + "/" + repository;
            registry = null;
        }
        if (registry == null || registry.equals("index.docker.io")) {
            registry = USUAL_REGISTRY;
        }
        if (registry.equals(USUAL_REGISTRY) && !repository.contains("/")) {
            repository = "library/" + repository;
        }
        return Optional.of(new ImageName(
                written,
                registry,
                repository,
                Optional.ofNullable(matcher.group("tag")),
                Optional.ofNullable(matcher.group("digest"))));
    }

    private static boolean isRegistry(String first) {
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }

    /** Registry and repository. */
    public String whole() {
        return registry + "/" + repository;
    }

    /** What the engine is asked for: a digest, or else a tag. */
    public String reference() {
        return digest.or(() -> tag).orElse(USUAL_TAG);
    }
}
