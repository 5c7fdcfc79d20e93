package io.sallyport.builds.git;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.source.GitAddress;
import io.sallyport.builds.source.SourceLimits;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * A fetch that somebody wants.
 *
 * @param who wants it
 * @param address of the repository, and what of it
 * @param credentials the text of the secret {@link io.sallyport.builds.secret.Secret#GIT_CREDENTIALS}
 * @param limits that the source must keep; its bytes bound what comes over the network, too
 * @param welcome asked of the full name of the ref, if it is one, before anything is fetched: why it may not be
 * @param more asked of the bytes that have come over the network: whether more may
 */
public record FetchOrder(
        String who,
        GitAddress address,
        Optional<String> credentials,
        SourceLimits limits,
        Function<Optional<String>, Optional<Refusal>> welcome,
        LongPredicate more) {
    @Override
    public String toString() {
        return "FetchOrder of " + address;
    }
}
