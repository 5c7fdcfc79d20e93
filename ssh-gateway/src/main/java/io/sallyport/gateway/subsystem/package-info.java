/**
 * The {@code sallyport} subsystem: many requests over one channel, each line a JSON document. What is written on it is
 * told in {@code docs/protocol.md}.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.subsystem;
