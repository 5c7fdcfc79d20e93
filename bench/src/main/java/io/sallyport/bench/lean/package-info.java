/**
 * An SSH client that costs as little as possible, so that what is measured is the server: one thread, blocking sockets,
 * curve25519-sha256, ssh-ed25519 and aes256-gcm@openssh.com, nothing else. For loads on loopback only: it does not check
 * the server's signature.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.bench.lean;
