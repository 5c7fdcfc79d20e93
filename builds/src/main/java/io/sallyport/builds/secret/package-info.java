/** Secrets of projects: sealed in the database, opened for jobs, and read by nobody else. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.secret;
