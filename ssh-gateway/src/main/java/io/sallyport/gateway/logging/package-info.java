/** The gateway's own log, for its operators: its form, and how much of it. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.logging;
