/** The records of projects, builds, jobs and artifacts, on disk before a change is answered. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.store;
