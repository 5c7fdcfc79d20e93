/** The script that every executor gives to a job's shell, and how its commands are announced. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.executor.shell;
