/** The dashboard: what {@code ssh -t HOST} shows. Told in {@code docs/dashboard.md}. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.dashboard;
