/**
 * What every executor does with the files of a workspace alike: fills it, and hands out what rules name, never following
 * a link.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.executor.workspace;
