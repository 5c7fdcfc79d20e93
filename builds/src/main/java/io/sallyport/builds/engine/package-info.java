/** The life of a build: queue, scheduler, running jobs, recovery. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.engine;
