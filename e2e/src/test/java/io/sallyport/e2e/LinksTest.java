package io.sallyport.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages lead somewhere: every link to another page finds it, and the heading that it names. */
class LinksTest {
    private static final Path DOCS = Repository.ROOT.resolve("docs");
    private static final Path EXAMPLES = Repository.ROOT.resolve("examples");
    private static final int DEEPEST = 5;
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        TreeSet<String> broken = new TreeSet<>();
        for (Path page : pages()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(page)).results().toList()) {
                if (!leads(page, link.group(1), link.group(2))) {
                    broken.add(Repository.ROOT.relativize(page) + ": " + link.group());
                }
            }
        }
        assertEquals(new TreeSet<>(), broken);
    }

    private static boolean leads(Path page, String path, String heading) throws IOException {
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        return Files.exists(target) && (heading == null || headings(target).contains(heading));
    }

    /** As a forge names them: lower case, blanks as dashes, no punctuation. */
    private static List<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ +", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(Repository.ROOT, DOCS, EXAMPLES)) {
            try (Stream<Path> files = Files.walk(folder, folder.equals(Repository.ROOT) ? 1 : DEEPEST)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }
}
