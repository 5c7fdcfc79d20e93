/** Caches: files that builds leave for later builds of their project. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.cache;
