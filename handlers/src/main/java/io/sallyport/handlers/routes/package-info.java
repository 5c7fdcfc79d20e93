/** The table of routes, and one small class per route. */
@org.jspecify.annotations.NullMarked
package io.sallyport.handlers.routes;
