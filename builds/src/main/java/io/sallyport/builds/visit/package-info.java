/** Who is let into which job, and failed jobs that are kept for that. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.visit;
