package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.plan.CacheRule;
import io.sallyport.builds.plan.KeepWhen;
import io.sallyport.builds.spec.files.SourceView;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.variable.Expansion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A cache as it is written: its key may be made of files, its policy of variables.
 *
 * @param place where
 * @param key as written; empty when it is made of files, or there is none
 * @param prefix of a key that is made of files
 * @param files that make the key
 * @param paths that are kept
 * @param untracked whether all is kept that was not in the source
 * @param policy as written
 * @param when it is saved
 * @param fallbackKeys as written
 */
public record WantedCache(
        Place place,
        Optional<String> key,
        Optional<String> prefix,
        List<String> files,
        List<String> paths,
        boolean untracked,
        String policy,
        KeepWhen when,
        List<String> fallbackKeys) {
    private static final String USUAL = "default";

    /** The rule of a plan, for these variables and files. */
    public CacheRule rule(Expansion variables, SourceView.Digests digests, Report report) {
        return new CacheRule(
                key.orElseGet(() -> fileKey(digests)), paths, untracked, policy(variables, report), when, fallbackKeys);
    }

    private CacheRule.Policy policy(Expansion variables, Report report) {
        String word = variables.expand(policy);
        return switch (word) {
            case "pull-push" -> CacheRule.Policy.PULL_PUSH;
            case "pull" -> CacheRule.Policy.PULL;
            case "push" -> CacheRule.Policy.PUSH;
            default -> {
                Expected.unknownWord("cache.policy", word, List.of("pull", "push", "pull-push"), place, report);
                yield CacheRule.Policy.PULL_PUSH;
            }
        };
    }

    /** The same for the same content of the files. */
    private String fileKey(SourceView.Digests digests) {
        if (files.stream().allMatch(file -> digests.of(file).isEmpty())) {
            return prefix.map(text -> text + "-" + USUAL).orElse(USUAL);
        }
        MessageDigest sum = sha256();
        for (String file : files) {
            sum.update((file + "\n" + digests.of(file).orElse("") + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String hash = HexFormat.of().formatHex(sum.digest());
        return prefix.map(text -> text + "-" + hash).orElse(hash);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
