/** The engine's nouns: builds, jobs, projects, sources, artifacts. Knows nothing of SSH or of who asks. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds;
