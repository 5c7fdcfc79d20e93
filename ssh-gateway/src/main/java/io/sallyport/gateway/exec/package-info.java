/** One request per exec channel: from the command line to the exit status. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.exec;
