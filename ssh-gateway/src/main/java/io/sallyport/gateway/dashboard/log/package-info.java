/** The log of a build as a dashboard holds it: a window onto it, of a bounded size, that goes where it is looked at. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.dashboard.log;
