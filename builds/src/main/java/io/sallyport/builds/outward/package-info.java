/** What leaves the house: the states of builds, reported to where people look at their commits. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.outward;
