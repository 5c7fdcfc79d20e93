/** One spec out of its parts: included files, {@code extends} and {@code !reference}. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.spec.merge;
