package io.sallyport.gateway.settings;

import io.sallyport.builds.executor.docker.ContainerLimits;
import io.sallyport.builds.executor.docker.DockerSettings;
import io.sallyport.builds.executor.docker.EngineAddress;
import io.sallyport.builds.executor.docker.ImagePattern;
import io.sallyport.builds.executor.docker.NodeAddress;
import io.sallyport.builds.plan.ImageName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The forms that values have which a Docker engine will be given. */
final class EngineValues {
    private static final int MOST_CPUS = 1_000_000;

    private EngineValues() {}

    static Setting<String> host(String name, String fallback, String summary) {
        return of(name, fallback, "unix:///path or tcp://host:port", summary, EngineAddress::isAddress);
    }

    static Setting<String> nodeHost(String name, String fallback, String summary) {
        return of(
                name,
                fallback,
                "unix:///path or tcp://host:port with {address}, {hostname} or {label.NAME} in it",
                summary,
                NodeAddress::isPattern);
    }

    static Setting<Double> cpus(String name, String fallback, String summary) {
        String form = "a number from " + ContainerLimits.LEAST_CPUS + " such as 2 or 0.5";
        return new Setting<>(name, fallback, form, summary, text -> {
            double number = Double.parseDouble(text);
            if (!(number >= ContainerLimits.LEAST_CPUS && number < MOST_CPUS)) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    static Setting<List<String>> capabilities(String name, String summary) {
        return new Setting<>(
                name,
                "",
                "capabilities such as CHOWN SETUID, parted by blanks",
                summary,
                text -> words(text)
                        .map(word -> checked(word, DockerSettings::isCapability))
                        .toList());
    }

    static Setting<Optional<String>> image(String name, String summary) {
        return new Setting<>(
                name,
                "",
                "the name of an image such as debian:13, or nothing",
                summary,
                text -> text.isBlank()
                        ? Optional.empty()
                        : Optional.of(
                                checked(text, word -> ImageName.parse(word).isPresent())));
    }

    static Setting<List<ImagePattern>> images(String name, String summary) {
        return new Setting<>(
                name,
                "",
                "names of images such as debian java:25* registry.example/**, parted by blanks",
                summary,
                text -> words(text)
                        .map(word -> ImagePattern.parse(word).orElseThrow(() -> new Setting.WrongWord(word)))
                        .toList());
    }

    private static Setting<String> of(
            String name, String fallback, String form, String summary, Predicate<String> holds) {
        return new Setting<>(name, fallback, form, summary, text -> checked(text, holds));
    }

    private static String checked(String word, Predicate<String> holds) {
        if (!holds.test(word)) {
            throw new Setting.WrongWord(word);
        }
        return word;
    }

    private static Stream<String> words(String text) {
        return text.isBlank() ? Stream.of() : Stream.of(text.strip().split("\\s+"));
    }
}
