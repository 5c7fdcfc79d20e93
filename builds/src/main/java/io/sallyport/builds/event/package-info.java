/** What happens, as durable, numbered events: recorded with the change itself, read from any place on, followed. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.event;
