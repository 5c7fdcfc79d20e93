/** Identities, credentials, grants and the one decision function. Knows nothing of builds and of the SSH server. */
@org.jspecify.annotations.NullMarked
package io.sallyport.keys;
