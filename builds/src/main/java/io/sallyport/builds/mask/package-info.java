/** Hides what must not be read in what jobs print. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.mask;
