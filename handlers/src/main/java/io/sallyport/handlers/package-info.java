/** The API: one table of routes, one access step, one small class per route. No SSH, no SQL, no threads. */
@org.jspecify.annotations.NullMarked
package io.sallyport.handlers;
