/** The content store: bytes under the digest of their content. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.blob;
