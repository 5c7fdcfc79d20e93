/** Where jobs run: the executor's contract and the sandboxed process. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.executor;
