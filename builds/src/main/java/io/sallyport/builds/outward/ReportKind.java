package io.sallyport.builds.outward;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who is reported to. */
public enum ReportKind {
    /** GitHub, or a GitHub Enterprise Server. */
    GITHUB(Optional.of("https://api.github.com")),
    /** GitLab. */
    GITLAB(Optional.of("https://gitlab.com")),
    /** Gitea or Forgejo. */
    GITEA(Optional.empty()),
    /** Any program that takes a signed JSON document. */
    WEBHOOK(Optional.empty());

    private final Optional<String> usualUrl;

    ReportKind(Optional<String> usualUrl) {
        this.usualUrl = usualUrl;
    }

    /** Where it is when nobody says otherwise. */
    public Optional<String> usualUrl() {
        return usualUrl;
    }

    /** Whether commits get statuses there; then nothing is told of builds without a commit. */
    public boolean isForge() {
        return this != WEBHOOK;
    }

    /** The name in bodies, answers and records: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All labels. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(ReportKind::label).toList();
    }

    /** The one of that label; empty when there is none. */
    public static Optional<ReportKind> parse(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }
}
