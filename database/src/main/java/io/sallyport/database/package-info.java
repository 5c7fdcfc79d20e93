/** One SQLite file: a single writer thread with group commit, pooled readers, migrations. */
@org.jspecify.annotations.NullMarked
package io.sallyport.database;
