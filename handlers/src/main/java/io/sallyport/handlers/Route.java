package io.sallyport.handlers;

import java.util.List;

/**
 * One line of the table of routes.
 *
 * @param method and {@code path} are unique together
 * @param path template
 * @param access asked of every caller, before the handler
 * @param summary one line for help and documentation
 * @param handler does the work
 * @param params that it takes; others are refused
 */
public record Route(
        Method method, String path, RouteAccess access, String summary, Handler handler, List<Param<?>> params) {
    /** Keeps the list from changing. */
    public Route {
        params = List.copyOf(params);
    }

    /** A line of the table. */
    public static Route route(
            Method method, String path, RouteAccess access, String summary, Handler handler, Param<?>... params) {
        return new Route(method, path, access, summary, handler, List.of(params));
    }
}
