package io.sallyport.builds.executor;

import java.util.List;

/**
 * How an executor keeps jobs apart.
 *
 * @param kind what does it, such as {@code bubblewrap} or {@code none}
 * @param enforced the limits that hold, such as {@code pids} or {@code network}
 * @param notices what the reader of each log should know, such as that there is no sandbox; may be empty
 */
public record Isolation(String kind, List<String> enforced, List<String> notices) {}
