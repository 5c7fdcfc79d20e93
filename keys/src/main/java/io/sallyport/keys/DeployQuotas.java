package io.sallyport.keys;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much may be done with a deploy key; empty for no bound but the gateway's.
 *
 * @param buildsPerHour builds that it may submit within any hour, from 1
 * @param buildsAtOnce builds of its that may wait or run at the same time, from 1
 * @param bytesPerDay bytes that it may send as sources within a day, from 1; a day begins with its first byte
 */
public record DeployQuotas(OptionalInt buildsPerHour, OptionalInt buildsAtOnce, OptionalLong bytesPerDay) {
    /** No bounds. */
    public static final DeployQuotas NONE =
            new DeployQuotas(OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty());
}
