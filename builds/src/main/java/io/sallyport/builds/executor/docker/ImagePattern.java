package io.sallyport.builds.executor.docker;

import io.sallyport.builds.plan.ImageName;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which images are allowed: an image's name in which {@code *} stands for any characters but slashes and {@code **} for
 * any at all. As in a name, {@code docker.io/library/} may be left out. Without a tag it allows all tags and digests.
 *
 * @param written by the operator
 * @param whole what registry and repository together have to match
 * @param tag what the tag has to match, {@code latest} where an image has none; empty for any
 */
public record ImagePattern(String written, Pattern whole, Optional<Pattern> tag) {
    private static final String ANY = "a";

    /** Reads a pattern; empty when there is no name of an image, without a digest, that it could allow. */
    public static Optional<ImagePattern> parse(String written) {
        String example = written.replace("**", ANY).replace("*", ANY);
        return ImageName.parse(example).filter(name -> name.digest().isEmpty()).map(name -> of(written));
    }

    private static ImagePattern of(String written) {
        int slash = written.lastIndexOf('/');
        int colon = written.indexOf(':', slash + 1);
        String name = colon < 0 ? written : written.substring(0, colon);
        Optional<Pattern> tag = colon < 0 ? Optional.empty() : Optional.of(pattern(written.substring(colon + 1)));
        return new ImagePattern(written, pattern(complete(name)), tag);
    }

    private static String complete(String name) {
        int slash = name.indexOf('/');
        if (name.startsWith("**")) {
            return name;
        }
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
        if (registry) {
            return name;
        }
        return ImageName.USUAL_REGISTRY + "/" + (slash < 0 ? "library/" : "") + name;
    }

    /** Linear in the length of what it is held against, but for a power in the few stars that an operator writes. */
    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            if (glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (glob.charAt(i) == '*') {
                regex.append("[^/]*");
            } else {
                regex.append(Pattern.quote(glob.substring(i, i + 1)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    /** Whether an image of that name is allowed by it. */
    boolean allows(ImageName name) {
        boolean tagged = tag.isEmpty()
                || (name.digest().isEmpty()
                        && tag.get()
                                .matcher(name.tag().orElse(ImageName.USUAL_TAG))
                                .matches());
        return tagged && whole.matcher(name.whole()).matches();
    }
}
