package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.plan.ImageName;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.plan.Work.Image;
import io.sallyport.builds.plan.Work.Service;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads container images: of a job, and of the services beside it. */
public final class ImageReader {
    private static final int LONGEST = 1024;
    private static final List<String> IMAGE_KEYS = List.of("name", "entrypoint");
    private static final List<String> SERVICE_KEYS = List.of("name", "alias", "entrypoint", "command", "variables");
    /** How an image is fetched and run is the executor's matter. */
    private static final List<String> IGNORED = List.of("pull_policy", "docker", "kubernetes");

    private ImageReader() {}

    /** A name, or a map with more about it. */
    public static Optional<Image> read(String key, Value value, Report report) {
        if (!(value instanceof Value.Fields map)) {
            return name(key, value, report).map(name -> new Image(name, Optional.empty()));
        }
        Value.Fields known = ignoring(key, map, report);
        Expected.onlyKeys(key, known, IMAGE_KEYS, report);
        return image(key, known, report);
    }

    /** A list of services, each a name or a map with more about it. */
    public static List<Service> services(String key, Value value, Report report) {
        List<Service> services = new ArrayList<>();
        for (Value item : Expected.items(key, value, report).orElse(List.of())) {
            service(key, item, report).ifPresent(services::add);
        }
        return services;
    }

    private static Optional<Service> service(String key, Value item, Report report) {
        if (!(item instanceof Value.Fields map)) {
            return name(key, item, report)
                    .map(name -> new Service(new Image(name, Optional.empty()), List.of(), Optional.empty(), Map.of()));
        }
        Value.Fields known = ignoring(key, map, report);
        Expected.onlyKeys(key, known, SERVICE_KEYS, report);
        List<String> aliases = known.given("alias")
                .flatMap(alias -> Expected.text(key + ".alias", alias, report))
                .map(alias -> List.of(alias.strip().split("[\\s,]+")))
                .orElse(List.of());
        Optional<List<String>> command = known.given("command").map(words -> words(key + ".command", words, report));
        Map<String, Work.Variable> variables = known.given("variables")
                .map(map2 -> VariablesReader.read(key + ".variables", map2, report))
                .orElse(Map.of());
        return image(key, known, report).map(image -> new Service(image, aliases, command, variables));
    }

    private static Value.Fields ignoring(String key, Value.Fields map, Report report) {
        for (String ignored : IGNORED) {
            map.field(ignored)
                    .ifPresent(field -> report.notice(
                            field.place(),
                            key + ": '" + ignored + "' changes nothing here: the gateway's operator decides it"));
        }
        return map.without(IGNORED);
    }

    private static Optional<Image> image(String key, Value.Fields map, Report report) {
        Optional<Value> name = map.given("name");
        if (name.isEmpty()) {
            report.error(map.place(), key + ": 'name' is missing");
        }
        Optional<List<String>> entrypoint =
                map.given("entrypoint").map(words -> words(key + ".entrypoint", words, report));
        return name.flatMap(value -> name(key, value, report)).map(text -> new Image(text, entrypoint));
    }

    private static List<String> words(String key, Value value, Report report) {
        List<String> words = new ArrayList<>();
        if (value instanceof Value.Items list) {
            list.items().forEach(item -> Expected.text(key, item, report).ifPresent(words::add));
        } else {
            Expected.mismatch(key, "a list of words such as [/entry.sh, --quiet]", value, report);
        }
        return words;
    }

    private static Optional<String> name(String key, Value value, Report report) {
        Optional<String> image = Expected.string(key, value, report).map(String::strip);
        if (image.isPresent() && !isName(image.get())) {
            report.error(value.place(), key + ": " + Shown.word(image.get()) + " is no name of an image");
            return Optional.empty();
        }
        return image;
    }

    /** Where a variable is in it, what it will be is known once the job runs. */
    private static boolean isName(String text) {
        return text.contains("$")
                ? text.length() <= LONGEST && text.chars().noneMatch(c -> c <= ' ')
                : ImageName.parse(text).isPresent();
    }
}
