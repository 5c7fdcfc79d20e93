/** Copies of a state directory, made while its gateway serves, and gateways made of such copies. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.backup;
