/**
 * The policy as one file: read, written, compared with the one in force, and put in its place, while the gateway serves
 * or not.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.policy;
