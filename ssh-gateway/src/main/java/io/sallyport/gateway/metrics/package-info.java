/** Measures of the gateway in OpenMetrics' terms: how much, how often, how long. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.metrics;
