/** Sources: received as a stream, checked while they are received, unpacked for a job. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.source;
