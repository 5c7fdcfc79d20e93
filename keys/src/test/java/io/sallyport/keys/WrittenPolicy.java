package io.sallyport.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The policy table of the test resources, read word for word; knows nothing of the roles in the code. */
record WrittenPolicy(Map<String, Map<String, String>> rows) {
    static final String EVERYBODY = "everybody";
    private static final String ON_OWN = "else, on one's own";
    private static final String ON_PROTECTED = "and, on a protected ref";
    private static final Set<String> NO_ROLES = Set.of(ON_OWN, ON_PROTECTED, EVERYBODY);

    static WrittenPolicy read() throws IOException {
        return read("access-policy.txt");
    }

    static WrittenPolicy read(String file) throws IOException {
        try (InputStream in = WrittenPolicy.class.getResourceAsStream(file)) {
            List<String[]> table = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" {2,}"))
                    .toList();
            String[] head = table.getFirst();
            Map<String, Map<String, String>> rows = new LinkedHashMap<>();
            for (String[] cells : table.subList(1, table.size())) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i < head.length; i++) {
                    row.put(head[i], cells[i]);
                }
                rows.put(cells[0], row);
            }
            return new WrittenPolicy(rows);
        }
    }

    List<String> verbs() {
        return new ArrayList<>(rows.keySet());
    }

    List<String> roles() {
        return rows.values().iterator().next().keySet().stream()
                .filter(column -> !NO_ROLES.contains(column))
                .toList();
    }

    boolean gives(String role, String verb) {
        return !rows.get(verb).get(role).equals("-");
    }

    boolean onlyOnOwn(String verb) {
        return rows.get(verb).containsValue("own");
    }

    /** The verb to ask for instead on one's own, or "-". */
    String elseOnOwn(String verb) {
        return rows.get(verb).get(ON_OWN);
    }

    /** The verb to ask for as well on a submission to a protected ref, or "-". */
    String andOnProtected(String verb) {
        return rows.get(verb).get(ON_PROTECTED);
    }
}
