/** The SSH server: algorithms, login, connection limits, channels. The only rooms that know MINA SSHD are here. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.transport;
