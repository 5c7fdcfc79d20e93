/** The build language: text to a checked plan, or every error with its place. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.spec;
