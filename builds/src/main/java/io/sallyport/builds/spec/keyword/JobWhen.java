package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.plan.Flow;
import java.util.Optional;

/** The words of {@code when}. */
public enum JobWhen {
    /** All jobs before have succeeded. */
    ON_SUCCESS(Optional.of(Flow.When.ON_SUCCESS)),
    /** One of them has failed. */
    ON_FAILURE(Optional.of(Flow.When.ON_FAILURE)),
    /** However they have ended. */
    ALWAYS(Optional.of(Flow.When.ALWAYS)),
    /** Somebody starts it. */
    MANUAL(Optional.of(Flow.When.MANUAL)),
    /** A time has passed. */
    DELAYED(Optional.of(Flow.When.DELAYED)),
    /** It is no part of the build. */
    NEVER(Optional.empty());

    private final Optional<Flow.When> flow;

    JobWhen(Optional<Flow.When> flow) {
        this.flow = flow;
    }

    /** The same in a plan, where there is no never. */
    public Optional<Flow.When> flow() {
        return flow;
    }
}
