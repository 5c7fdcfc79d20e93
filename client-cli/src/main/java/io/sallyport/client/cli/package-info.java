/** The command {@code sally}: a small class for each command, over the library {@link io.sallyport.client}. */
@org.jspecify.annotations.NullMarked
package io.sallyport.client.cli;
