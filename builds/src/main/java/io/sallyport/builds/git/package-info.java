/** Sources that are fetched: a client of git's smart HTTP that brings one commit, and nothing of what led to it. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.git;
