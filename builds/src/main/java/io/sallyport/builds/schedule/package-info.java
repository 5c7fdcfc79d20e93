/** Builds that nobody submits: when they are due, and whose they are. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.schedule;
