package io.sallyport.builds.git;

import java.util.Optional;

/**
 * What is to be fetched.
 *
 * @param ref its full name; empty for a commit
 * @param id of the commit, or of a tag
 */
record Tip(Optional<String> ref, String id) {}
