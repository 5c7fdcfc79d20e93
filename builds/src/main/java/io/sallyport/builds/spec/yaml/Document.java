package io.sallyport.builds.spec.yaml;

import java.util.Optional;

/**
 * What a file holds.
 *
 * @param header the document before the spec itself, which says what inputs it takes; a map with the one key
 *     {@code spec}
 * @param body the spec itself
 */
public record Document(Optional<Value.Fields> header, Value body) {
    static final String HEADER = "spec";
}
