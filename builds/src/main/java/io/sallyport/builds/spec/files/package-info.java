/** The files beside a spec. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.spec.files;
