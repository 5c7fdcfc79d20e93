package io.sallyport.client.cli;

import java.util.concurrent.Callable;

/** A command of sally's: its result is the exit status. */
interface Command extends Callable<Integer> {
    /** What it takes. */
    Syntax syntax();
}
