package io.sallyport.bench.lean;

/**
 * What a command has answered.
 *
 * @param out its standard output
 * @param err its standard error
 * @param exit its exit status, -1 when none was told
 */
public record Answer(String out, String err, int exit) {}
