/** The way out to the web: which hosts and addresses may be reached, and connections to just those. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.web;
