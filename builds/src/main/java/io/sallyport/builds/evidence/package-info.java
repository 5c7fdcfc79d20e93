/** What the gateway puts its name to when a build has ended: the signed manifest of artifacts, and the provenance. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.evidence;
