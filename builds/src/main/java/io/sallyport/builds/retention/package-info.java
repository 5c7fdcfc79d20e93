/** What builds have left is kept for a time, and then removed: rules, runs, and the collection of blobs. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.retention;
