package io.sallyport.handlers.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.Topic;
import io.sallyport.handlers.Asker;
import io.sallyport.keys.Credential;
import io.sallyport.keys.Grant;
import io.sallyport.keys.Identity;
import io.sallyport.keys.Principal;
import io.sallyport.keys.ProjectGlob;
import io.sallyport.keys.Role;
import io.sallyport.keys.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The page's table of who sees what, against what the gateway does, cell by cell. */
class EventsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "events.md");
    private static final String HEAD = "| type | when | viewer | builder | maintainer | auditor | admin |";

    @Test
    void thePageSaysWhoSeesEachType() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        List<String> told = page.subList(page.indexOf(HEAD) + 2, page.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.replaceFirst("^(\\| `[^`]*` \\|)[^|]*\\|", "$1"))
                .toList();

        List<String> rows =
                Arrays.stream(EventType.values()).map(EventsPageTest::row).toList();
        assertEquals(rows, told);
    }

    private static String row(EventType type) {
        List<String> cells = new ArrayList<>(List.of("| `" + type.label() + "` |"));
        for (Role role : Role.values()) {
            cells.add(sees(role, type) ? " yes |" : " |");
        }
        return String.join("", cells);
    }

    private static boolean sees(Role role, EventType type) {
        boolean ofHouse = !project(type);
        return EventRights.sees(asker(Grant.allow(role, ProjectGlob.EVERY)), topic(type, "web", ofHouse));
    }

    @Test
    void ofAnotherProjectNothingIsSeen() {
        for (EventType type : EventType.values()) {
            for (Role role : List.of(Role.VIEWER, Role.BUILDER, Role.MAINTAINER)) {
                Asker asker = asker(Grant.allow(role, ProjectGlob.parse("web").orElseThrow()));
                assertEquals(
                        type.kind().equals("gateway"), // which all of the house may know of
                        EventRights.sees(asker, topic(type, "other", !project(type))),
                        role + " " + type);
            }
        }
    }

    @Test
    void whoIsLockedOrLetInNoMoreSeesNothing() {
        Identity locked =
                new Identity("ann", Identity.Kind.PERSON, List.of(Grant.allow(Role.AUDITOR, ProjectGlob.EVERY)), true);
        for (EventType type : EventType.values()) {
            Topic topic = topic(type, "web", !project(type));
            assertEquals(false, EventRights.sees(new Asker(() -> known(locked)), topic));
            assertEquals(false, EventRights.sees(new Asker(() -> new Standing.Unknown("gone")), topic));
        }
    }

    private static boolean project(EventType type) {
        return List.of("build", "job", "project", "deploy-key", "retention", "schedule", "report")
                .contains(type.kind());
    }

    private static Topic topic(EventType type, String project, boolean ofHouse) {
        boolean owned = List.of("build", "job").contains(type.kind());
        return new Topic(type, ofHouse ? "" : project, owned ? "somebody" : "");
    }

    private static Asker asker(Grant grant) {
        Identity identity = new Identity("ann", Identity.Kind.PERSON, List.of(grant), false);
        return new Asker(() -> known(identity));
    }

    private static Standing known(Identity identity) {
        return new Standing.Known(new Principal(identity, List.of(), new Credential("SHA256:x", Optional.empty())));
    }
}
