package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.spec.yaml.Place;
import java.util.List;
import java.util.Map;

/**
 * A job that another one names.
 *
 * @param place where
 * @param name of it, or of all that it makes with {@code parallel}
 * @param artifacts whether its artifacts are wanted
 * @param optional whether it need not be there
 * @param variables of those that {@code parallel: matrix} makes: only the ones that have all of one of these, any when
 *     there are none
 */
public record WantedJob(
        Place place, String name, boolean artifacts, boolean optional, List<Map<String, String>> variables) {
    /** Keeps the list from changing. */
    public WantedJob {
        variables = List.copyOf(variables);
    }
}
