package io.sallyport.builds.source;

import java.util.Optional;

/**
 * Where a source was fetched from.
 *
 * @param url of the repository, without credentials
 * @param ref full name of the branch, tag or other ref that was asked for, or that HEAD stood for; empty for a commit
 * @param commit its whole id
 */
public record GitOrigin(String url, Optional<String> ref, String commit) {}
