package io.sallyport.handlers;

import java.io.IOException;

/** A stream of records cannot go on, and what was given of it stays true. */
public final class StreamProblem extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    /** It ends with the problem. */
    public StreamProblem(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** Why, for the reader. */
    public Problem problem() {
        return problem;
    }
}
