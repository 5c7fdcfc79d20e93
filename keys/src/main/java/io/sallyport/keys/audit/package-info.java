/**
 * What was asked and decided, in a chain of records on disk: each holds the hash of the one before it, so that no record
 * can be changed, moved or taken out unnoticed.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.keys.audit;
