package io.sallyport.builds.retention;

/**
 * What is to go.
 *
 * @param what it is
 * @param job whose artifacts; empty for all else
 * @param rule by which
 */
record Loss(What what, String job, String rule) {
    static Loss of(What what, String rule) {
        return new Loss(what, "", rule);
    }
}
