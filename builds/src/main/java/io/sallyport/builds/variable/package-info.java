/** Variables of jobs: the predefined ones, and how references between variables are resolved. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.variable;
