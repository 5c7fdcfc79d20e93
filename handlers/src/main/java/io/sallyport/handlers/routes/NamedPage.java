package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some of a list that is sorted by name; the last name is the cursor.
 *
 * @param all of it
 * @param name of each
 * @param json of each
 * @param <T> what is listed
 */
record NamedPage<T>(List<T> all, Function<T, String> name, Function<T, ObjectNode> json) {
    private static final long USUAL = 100;
    private static final int MOST = 1000;
    private static final int LONGEST_NAME = 100;

    static final Param<Long> LIMIT = Param.number("limit", 1, MOST, "at most so many");
    static final Param<String> AFTER = Param.text("after", LONGEST_NAME, "go on after this cursor");

    /** What the request asks for, with the columns that people see. */
    Response.Page answer(Request request, List<String> columns) throws Param.Malformed {
        String after = request.get(AFTER).orElse("");
        long limit = request.get(LIMIT).orElse(USUAL);
        List<T> found = all.stream()
                .filter(each -> name.apply(each).compareTo(after) > 0)
                .limit(limit + 1)
                .toList();
        boolean more = found.size() > limit;
        List<T> shown = more ? found.subList(0, (int) limit) : found;
        return new Response.Page(
                shown.stream().map(json).toList(),
                more ? Optional.of(name.apply(shown.getLast())) : Optional.empty(),
                columns);
    }
}
