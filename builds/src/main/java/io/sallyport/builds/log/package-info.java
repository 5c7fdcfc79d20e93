/** The log of a build: one append-only sequence of bytes, read by offset, followed while it grows. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.log;
