package io.sallyport.e2e.door;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** {@code roles.txt}, the written policy, as tests of every surface read it. */
final class RoleTable {
    static final List<String> ROLES = List.of("viewer", "builder", "maintainer", "auditor", "admin");

    /** Those that are given for all of the gateway. */
    private static final Set<String> OF_HOUSE = Set.of("auditor", "admin");

    /** Exit statuses of what is hidden, and of what may not be done. */
    private static final Set<Integer> DENIED = Set.of(66, 77);

    private RoleTable() {}

    /** A line of the file: a route, a request that fits it, and the exit status for each role. */
    record Line(String route, String request, List<Integer> exits) {
        /** Whether the role gets past the decision. */
        boolean allows(String role) {
            return !DENIED.contains(exits.get(ROLES.indexOf(role)));
        }

        @Override
        public String toString() {
            return route;
        }
    }

    /** The role as a grant, on one project where it can be. */
    static String grant(String role, String project) {
        return OF_HOUSE.contains(role) ? role : role + ":" + project;
    }

    static List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        try (InputStream file = RoleTable.class.getResourceAsStream("roles.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().filter(RoleTable::isRoute).toList()) {
                List<String> cells =
                        Arrays.stream(line.split("\\|")).map(String::strip).toList();
                lines.add(new Line(
                        cells.get(0),
                        cells.get(1),
                        cells.subList(2, 2 + ROLES.size()).stream()
                                .map(Integer::valueOf)
                                .toList()));
            }
        }
        return lines;
    }

    /** The line of a route. */
    static Line line(String route) throws IOException {
        return lines().stream()
                .filter(line -> line.route().equals(route))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line for " + route));
    }

    private static boolean isRoute(String line) {
        return line.matches("(GET|POST|PUT|DELETE) .*");
    }
}
