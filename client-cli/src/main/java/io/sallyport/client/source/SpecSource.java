package io.sallyport.client.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sallyport.client.Body;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A source as far as the plan of its spec needs it: the names of all files, which {@code exists} asks for, and the bytes of those in
 * YAML, which a spec may include. The others are sent empty, unless a spec may include files of other names too.
 */
public final class SpecSource {
    /** The gateway reads no longer ones. */
    private static final long LONGEST = 4L << 20;

    private static final int MOST = 1000;

    private final SourceTree tree;
    private final YAMLMapper yaml = new YAMLMapper();

    private SpecSource(SourceTree tree) {
        this.tree = tree;
    }

    /** The source as a tar, read while it is sent; {@code notices} is told what is left out. */
    public static Body of(SourceTree tree, Consumer<String> notices) {
        return new SpecSource(tree).onlyYamlIsIncluded() ? tree.tar(SpecSource::isYaml, notices) : tree.tar(notices);
    }

    private boolean onlyYamlIsIncluded() {
        int looked = 0;
        for (TreeEntry entry : tree.entries()) {
            if (isYaml(entry.path()) && (++looked > MOST || !includesOnlyYaml(entry))) {
                return false;
            }
        }
        return true;
    }

    /** False also of what cannot be read or understood: what it includes is not known. */
    private boolean includesOnlyYaml(TreeEntry entry) {
        Path file = tree.folder().resolve(entry.path());
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return !(entry instanceof TreeEntry.Link);
            }
            if (Files.size(file) > LONGEST) {
                return true;
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return !text.contains("include") || includesOnlyYaml(text);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean includesOnlyYaml(String text) throws IOException {
        try (MappingIterator<JsonNode> documents =
                yaml.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                if (!namesOnlyYaml(documents.nextValue().path("include"))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A path, a map with one at {@code local}, or a list of such; what is not in the source is not read anyway. */
    private static boolean namesOnlyYaml(JsonNode include) {
        if (include.isArray()) {
            for (JsonNode each : include) {
                if (!namesOnlyYaml(each)) {
                    return false;
                }
            }
            return true;
        }
        JsonNode local = include.isObject() ? include.path("local") : include;
        return local.isArray() ? namesOnlyYaml(local) : !local.isValueNode() || isYaml(local.asText());
    }

    private static boolean isYaml(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yml") || lower.endsWith(".yaml");
    }
}
