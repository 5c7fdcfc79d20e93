package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.LogLevels;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.Locale;
import java.util.Optional;

/** {@code PUT /log-levels/{logger}}: lets a part of the gateway's own log say more, or less, until the gateway ends. */
final class SetLogLevel implements Handler {
    private static final int LONGEST = 16;

    static final Param<String> LEVEL = Param.text("level", LONGEST, "trace, debug, info, warn, error or off; needed");

    private final LogLevels levels;

    SetLogLevel(LogLevels levels) {
        this.levels = levels;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        String logger = request.variable("logger");
        return levels.set(logger, level(request.get(LEVEL)))
                ? Response.Document.of(ListLogLevels.json(levels))
                : new Response.Failed(unknown(logger));
    }

    static Problem unknown(String logger) {
        return Problem.notFound("'" + logger + "' is no part of the gateway; one is io.sallyport.builds.engine");
    }

    private static LogLevels.Setting level(Optional<String> word) throws Param.Malformed {
        for (LogLevels.Setting level : LogLevels.Setting.values()) {
            if (word.isPresent() && level.name().toLowerCase(Locale.ROOT).equals(word.get())) {
                return level;
            }
        }
        throw new Param.Malformed("level", "give level=trace, debug, info, warn, error or off");
    }
}
