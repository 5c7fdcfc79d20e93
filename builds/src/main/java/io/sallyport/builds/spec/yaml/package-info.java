/** YAML from strangers: text to values with their places, of bounded size. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.spec.yaml;
