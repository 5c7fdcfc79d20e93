/** A terminal as cells: what is drawn, what of it has changed, and the keys that come back. Knows nothing of builds. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.dashboard.screen;
