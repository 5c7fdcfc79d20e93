/** Brings into the log of events what happens outside the builds: changes of who is let in, and limits. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.events;
