/** Jobs as containers on a Docker engine: this machine's, or another's over TLS. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.executor.docker;
