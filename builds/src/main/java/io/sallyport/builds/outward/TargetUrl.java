package io.sallyport.builds.outward;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Optional;

/** Where people read more of a build, as a report's maintainer has written it. */
final class TargetUrl {
    private TargetUrl() {}

    /** With what stands in braces filled in, in the form that a part of an address has. */
    static Optional<String> of(Delivery delivery) {
        return delivery.report()
                .settings()
                .targetUrl()
                .map(text -> text.replace("{build}", Long.toString(delivery.build()))
                        .replace("{project}", encoded(delivery.report().project()))
                        .replace("{ref}", encoded(delivery.fact("ref").orElse("")))
                        .replace("{commit}", encoded(delivery.fact("commit").orElse(""))));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
