package io.sallyport.builds.outward;

import io.sallyport.builds.BuildState;
import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a maintainer says of a report, but for its token.
 *
 * @param kind who is reported to
 * @param url of a forge, the address that its API is below; of a webhook, the address itself
 * @param repository there; of forges alone
 * @param context the name that the status has beside others of the commit; of forges alone
 * @param states of builds that are reported
 * @param trusted whether only trusted builds are
 * @param targetUrl where people read more, with {@code {build}}, {@code {project}}, {@code {ref}} and {@code {commit}} in it
 */
public record ReportSettings(
        ReportKind kind,
        URI url,
        Optional<String> repository,
        Optional<String> context,
        Set<BuildState> states,
        boolean trusted,
        Optional<String> targetUrl) {
    /** Keeps the states from changing. */
    public ReportSettings {
        states = Collections.unmodifiableSet(
                states.isEmpty() ? EnumSet.noneOf(BuildState.class) : EnumSet.copyOf(states));
    }
}
