/** What a dashboard shows, view by view, and what the keys do in each. Drawing asks nothing and waits for nothing. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.dashboard.view;
