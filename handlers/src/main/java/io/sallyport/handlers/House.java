package io.sallyport.handlers;

import java.util.SortedMap;

/**
 * What a gateway is as a program.
 *
 * @param version its version
 * @param versions of what it is made of, and of the forms in which it keeps its state, by their names
 * @param disk where all is kept
 * @param levels of its own log
 */
public record House(String version, SortedMap<String, String> versions, Disk disk, LogLevels levels) {}
