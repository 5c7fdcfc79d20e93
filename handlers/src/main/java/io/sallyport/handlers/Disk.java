package io.sallyport.handlers;

/** Where all is kept. Asked by any thread, before each change. */
@FunctionalInterface
public interface Disk {
    /** Whether it has once failed to keep what it was given, so that nothing more may be entrusted to it. */
    boolean hasFailed();
}
