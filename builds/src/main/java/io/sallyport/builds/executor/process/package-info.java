/** Jobs as processes of this machine, in a sandbox of bubblewrap's where there is one. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.executor.process;
