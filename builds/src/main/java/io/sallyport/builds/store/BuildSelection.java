package io.sallyport.builds.store;

import io.sallyport.builds.BuildQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * A query for builds as SQL.
 *
 * @param text the statement
 * @param arguments to bind, in order
 */
record BuildSelection(String text, List<Object> arguments) {
    static BuildSelection of(BuildQuery query) {
        List<Object> arguments = new ArrayList<>(query.projects());
        StringBuilder text =
                new StringBuilder(BuildRow.SELECT).append(" WHERE (").append(of(query.projects()));
        query.own().ifPresent(own -> {
            text.append(" OR builds.submitted_by = ? AND ").append(of(own.projects()));
            arguments.add(own.submittedBy());
            arguments.addAll(own.projects());
        });
        text.append(')');
        query.state().ifPresent(state -> {
            text.append(" AND builds.state = ?");
            arguments.add(state.label());
        });
        query.ref().ifPresent(ref -> {
            text.append(" AND builds.ref = ?");
            arguments.add(ref);
        });
        query.labels().forEach((name, value) -> {
            text.append(" AND EXISTS (SELECT 1 FROM json_each(builds.labels) WHERE key = ? AND value = ?)");
            arguments.add(name);
            arguments.add(value);
        });
        query.before().ifPresent(id -> {
            text.append(" AND builds.id < ?");
            arguments.add(id);
        });
        text.append(" ORDER BY builds.id DESC LIMIT ?");
        arguments.add(query.limit());
        return new BuildSelection(text.toString(), arguments);
    }

    private static String of(Collection<String> projects) {
        return "builds.project_id IN (SELECT id FROM projects WHERE removed IS NULL AND name IN ("
                + String.join(",", Collections.nCopies(projects.size(), "?")) + "))";
    }
}
