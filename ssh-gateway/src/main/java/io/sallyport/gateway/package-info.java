/** The program: wires every part by hand and serves. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway;
