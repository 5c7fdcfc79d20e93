package io.sallyport.gateway.policy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Bytes to the nodes of one YAML document: UTF-8, of bounded size and depth. */
final class PolicyYaml {
    private static final int DEEPEST = 20;

    private PolicyYaml() {}

    /** The document; empty when there is none that can be read, which is among the errors then. */
    static Optional<Node> read(byte[] bytes, Errors errors) {
        if (bytes.length > PolicyReader.LARGEST) {
            errors.add(1, 1, "a policy has at most " + (PolicyReader.LARGEST >> 20) + " MiB");
            return Optional.empty();
        }
        return decoded(bytes, errors).flatMap(text -> composed(text, errors));
    }

    private static Optional<Node> composed(String text, Errors errors) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE); // the bytes are bounded
        options.setNestingDepthLimit(DEEPEST);
        try {
            Node root = new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options)
                    .getSingleNode();
            if (root == null) {
                errors.add(1, 1, "the policy is empty");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException e) {
            String problem = "not YAML: " + Quoted.visible(String.valueOf(e.getProblem()));
            errors.add(e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark(), problem);
        } catch (YAMLException e) {
            errors.add(1, 1, "not YAML: " + Quoted.visible(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static Optional<String> decoded(byte[] bytes, Errors errors) {
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            addAfter(text, "this is not UTF-8", errors);
            return Optional.empty();
        }
        String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
        int[] stranger = whole.codePoints()
                .filter(c -> !StreamReader.isPrintable(c))
                .limit(1)
                .toArray();
        if (stranger.length > 0) {
            String message = String.format("a character that YAML does not allow here: U+%04X", stranger[0]);
            addAfter(whole.substring(0, whole.indexOf(stranger[0])), message, errors);
            return Optional.empty();
        }
        return Optional.of(whole);
    }

    private static void addAfter(String text, String message, Errors errors) {
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        errors.add(line, 1 + text.codePointCount(text.lastIndexOf('\n') + 1, text.length()), message);
    }
}
