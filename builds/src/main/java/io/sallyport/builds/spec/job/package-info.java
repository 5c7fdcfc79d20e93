/** Jobs as they are written, each by itself: keywords to what is wanted of it. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.spec.job;
