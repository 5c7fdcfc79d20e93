/** Plans of builds for who reads them: as JSON, as text, as a graph. */
@org.jspecify.annotations.NullMarked
package io.sallyport.handlers.plan;
