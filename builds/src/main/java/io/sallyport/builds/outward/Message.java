package io.sallyport.builds.outward;

import java.net.URI;
import java.util.Map;

/**
 * A POST that is to be made.
 *
 * @param url where
 * @param headers besides those of every request
 * @param body JSON
 */
record Message(URI url, Map<String, String> headers, String body) {
    /** Says nothing of the headers, among which is a token. */
    @Override
    public String toString() {
        return "POST " + url;
    }
}
