/**
 * What a dashboard knows of the house: answers of the one table of routes, asked as who sits before it, and moved on by events.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.dashboard.house;
