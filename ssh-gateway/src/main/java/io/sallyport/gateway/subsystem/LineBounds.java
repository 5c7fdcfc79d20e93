package io.sallyport.gateway.subsystem;

import java.time.Duration;

/**
 * What bounds one channel.
 *
 * @param longestLine bytes of a line in either direction
 * @param inFlight requests that have not ended
 * @param quiet time without a line after which there is a sign of life while a stream is open
 */
record LineBounds(int longestLine, int inFlight, Duration quiet) {}
