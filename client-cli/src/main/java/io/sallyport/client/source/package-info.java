/** What is submitted: the files of a git checkout or of a folder, packed as a tar while they are sent. */
@org.jspecify.annotations.NullMarked
package io.sallyport.client.source;
