/**
 * The dashboard in lines of text, for who has it read aloud, and for terminals that cannot place a cursor: nothing that was written changes,
 * nothing is drawn, and nothing is said while somebody types.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.dashboard.text;
