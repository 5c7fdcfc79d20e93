package io.sallyport.e2e;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What the parent POM pins. */
final class ParentPom {
    private final Document pom;

    private ParentPom(Document pom) {
        this.pom = pom;
    }

    static ParentPom read() throws Exception {
        Path file = Repository.ROOT.resolve("pom.xml");
        return new ParentPom(
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile()));
    }

    /** Every library, plugin and annotation processor with a version of others than this project, artifact-version. */
    Set<String> pinned() {
        Set<String> pinned = new TreeSet<>();
        Stream.of("dependency", "plugin", "path")
                .flatMap(this::elements)
                .filter(element -> !child(element, "groupId").equals(Optional.of("io.sallyport")))
                .forEach(element -> child(element, "artifactId")
                        .ifPresent(artifact -> child(element, "version")
                                .ifPresent(version -> pinned.add(artifact + "-" + resolved(version)))));
        return pinned;
    }

    private String resolved(String version) {
        return version.startsWith("${")
                ? elements(version.substring(2, version.length() - 1))
                        .findFirst()
                        .orElseThrow()
                        .getTextContent()
                : version;
    }

    private Stream<Element> elements(String name) {
        return stream(pom.getElementsByTagName(name)).map(Element.class::cast);
    }

    private static Optional<String> child(Element element, String name) {
        return stream(element.getChildNodes())
                .filter(node -> node.getNodeName().equals(name))
                .map(Node::getTextContent)
                .findFirst();
    }

    private static Stream<Node> stream(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item);
    }
}
