/** The machines that jobs run on, as they are at the moment. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.node;
