package io.sallyport.handlers;

import java.io.InputStream;
import java.util.Map;

/**
 * A request as it arrives at the one door, before anything about it is known to be right.
 *
 * @param caller who asks
 * @param method what to do
 * @param path percent-decoded, without query, beginning with a slash
 * @param parameters by name, in the order given
 * @param body streamed; read by the handler as far as it needs
 * @param terminal whether a person sits at a terminal
 */
public record Call(
        Caller caller,
        Method method,
        String path,
        Map<String, String> parameters,
        InputStream body,
        boolean terminal) {}
