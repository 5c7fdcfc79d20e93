package io.sallyport.builds.git;

/**
 * Something that whoever reads the log of a build should know of its source.
 *
 * @param path of a file or folder that shows it
 * @param text in words
 */
public record FetchNotice(String path, String text) {}
