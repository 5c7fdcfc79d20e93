package io.sallyport.handlers.routes;

/**
 * Where a reader of events is.
 *
 * @param position of the last event given, among all events of the gateway
 * @param number that it had for the reader
 * @param filter a hash of what was asked for: another filter has other numbers
 */
record EventCursor(long position, long number, int filter) {}
