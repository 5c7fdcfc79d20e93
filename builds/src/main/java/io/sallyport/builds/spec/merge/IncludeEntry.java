package io.sallyport.builds.spec.merge;

import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Value;
import java.util.Optional;

/**
 * One entry of {@code include}.
 *
 * @param place where
 * @param kind of it
 * @param target what it names: a path of the source, possibly with variables and a pattern, or something elsewhere
 * @param rules of whether it is included
 * @param inputs that the file is given
 */
record IncludeEntry(Place place, Kind kind, String target, Optional<Value> rules, Optional<Value.Fields> inputs) {
    /** Where the file is. */
    enum Kind {
        LOCAL("local"),
        REMOTE("remote"),
        PROJECT("project"),
        TEMPLATE("template"),
        COMPONENT("component"),
        ARTIFACT("artifact");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
