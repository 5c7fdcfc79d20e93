/**
 * The transport for where there is no {@code ssh} program: Apache MINA SSHD's client behind the same interface. It is the only part
 * of the client that knows an SSH library, in a jar of its own that is loaded when it is needed.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.client.mina;
