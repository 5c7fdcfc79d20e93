/**
 * A small library that speaks to a gateway as its contract says, over any {@link io.sallyport.client.Transport}.
 * {@link io.sallyport.client.SallyClient} is where to start. Knows nothing of terminals and of command lines.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.client;
