/** Files that a job leaves to be read by the gateway, within bounds: test results and variables. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.report;
