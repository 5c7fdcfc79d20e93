package io.sallyport.builds.executor.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotModifiedException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time for one call of an engine. The transport has none on unix sockets: so each call is made by a virtual thread of its
 * own, which is interrupted, and with it the connection closed, when the time is over.
 */
final class Deadline {
    private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);

    private Deadline() {}

    /**
     * Makes a call.
     *
     * @param what it does, for words such as "cannot start the container"
     * @throws EngineException when the engine refuses, cannot be reached or is too slow
     * @throws InterruptedException when the thread is interrupted; the call is given up
     */
    static <T> T call(String what, Duration limit, Callable<T> call) throws EngineException, InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().name("engine-call").start(() -> {
            try {
                T result = call.call();
                if (!answer.complete(result)) {
                    discard(result);
                }
            } catch (Exception e) {
                answer.completeExceptionally(e);
            } finally {
                answer.completeExceptionally(new IllegalStateException("the call has died"));
            }
        });
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw EngineException.silent(what, "no answer within " + limit.toSeconds() + " s", e);
        } finally {
            if (!answer.isDone()) {
                answer.cancel(false);
                caller.interrupt();
            }
        }
    }

    private static void discard(Object result) {
        if (result instanceof Closeable late) {
            try {
                late.close();
            } catch (IOException e) {
                LOG.debug("closing an answer that came too late failed", e);
            }
        }
    }

    private static EngineException failure(String what, Throwable cause) {
        return switch (cause) {
            case EngineException engine -> engine;
            case NotModifiedException unchanged -> EngineException.refused(what, 304, "it is so already", unchanged);
            case DockerException refused
            when refused.getHttpStatus() > 0 ->
                EngineException.refused(
                        what, refused.getHttpStatus(), EngineWords.of(String.valueOf(refused.getMessage())), refused);
            default -> EngineException.silent(what, EngineWords.of(cause), cause);
        };
    }
}
