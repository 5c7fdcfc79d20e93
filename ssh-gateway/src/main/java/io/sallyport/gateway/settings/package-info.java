/** The settings: one table of names, defaults and meanings, one record of values, and the state directory. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.settings;
