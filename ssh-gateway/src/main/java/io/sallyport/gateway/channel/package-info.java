/** The two directions of a channel, as bytes: what the peer sends and what it is sent, each bounded by its window. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.channel;
