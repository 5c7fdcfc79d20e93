package io.sallyport.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Answers as aligned text for people. What comes from users has its control characters taken out. */
public final class Plain {
    /** A SHA-256 in hexadecimal still fits. */
    private static final int WIDEST_CELL = 64;

    /** Lists of objects with more members are easier to read one below the other. */
    private static final int MOST_COLUMNS = 5;

    private static final int SHORT_COMMIT = 10;

    private static final String GAP = "  ";

    /** As answers have them, see RFC 3339. */
    private static final Pattern TIME = Pattern.compile("^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)\\.\\d{3}Z$");

    private Plain() {}

    /** A document: one line per member, names aligned; members within members are indented. */
    public static String document(JsonNode body) {
        StringBuilder text = new StringBuilder();
        members(body, "", text);
        return text.toString();
    }

    /** A page: a heading and one aligned line per item. */
    public static String page(Response.Page page) {
        StringBuilder text = new StringBuilder(table(rows(page.columns(), page.items())));
        page.next()
                .ifPresent(cursor -> text.append("more: after=").append(cursor).append('\n'));
        return text.toString();
    }

    /**
     * A member of records that stands in a column.
     *
     * @param name of the member
     * @param width of the column, in characters, when no value is wider: records come one by one
     */
    public record Column(String name, int width) {}

    /**
     * A record in one line: its columns, then whatever else it has by name.
     *
     * @param omitted names that are not shown
     */
    public static String record(JsonNode record, List<Column> columns, Set<String> omitted) {
        StringBuilder line = new StringBuilder();
        for (Column column : columns) {
            String cell = cell(column.name(), record.path(column.name()));
            line.append(cell)
                    .append(" ".repeat(Math.max(0, column.width() - cell.length())))
                    .append(GAP);
        }
        for (Map.Entry<String, JsonNode> member : record.properties()) {
            boolean shown = columns.stream().anyMatch(column -> column.name().equals(member.getKey()));
            if (!shown && !omitted.contains(member.getKey())) {
                line.append(clean(member.getKey()))
                        .append('=')
                        .append(cell(member.getKey(), member.getValue()))
                        .append(' ');
            }
        }
        return line.toString().stripTrailing() + "\n";
    }

    /** A build in one line: what somebody who watches its log wants to know before and after. */
    public static String build(JsonNode build) {
        String reason = build.path("reason").asText();
        return "build " + build.path("id").asText() + " of " + scalar(build.path("project")) + " "
                + scalar(build.path("state")) + (reason.isEmpty() ? "" : ": " + clean(reason)) + "\n";
    }

    /** A problem in one line, and one more for each of its errors but the first, which its detail has already. */
    public static String problem(Problem problem) {
        StringBuilder text =
                new StringBuilder("error: ").append(clean(problem.detail())).append('\n');
        JsonNode errors = problem.extra().path("errors");
        for (int i = 1; i < errors.size(); i++) {
            JsonNode error = errors.get(i);
            String file = error.path("file").asText();
            text.append(GAP)
                    .append(clean(file))
                    .append(file.isEmpty() ? "" : ":")
                    .append(error.path("line").asText())
                    .append(':')
                    .append(error.path("column").asText())
                    .append(": ")
                    .append(clean(error.path("message").asText()))
                    .append('\n');
        }
        return text.toString();
    }

    /** Rows of cells, each column as wide as its widest cell. */
    public static String table(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int place = column;
                int width = rows.stream()
                        .mapToInt(other -> other.get(place).length())
                        .max()
                        .orElse(0);
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(width - cell.length())).append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static List<List<String>> rows(Collection<String> columns, Iterable<? extends JsonNode> items) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Plain::heading).toList());
        for (JsonNode item : items) {
            rows.add(columns.stream().map(name -> cell(name, item.path(name))).toList());
        }
        return rows;
    }

    /** {@code submittedBy} is headed SUBMITTED BY. */
    private static String heading(String name) {
        return clean(name).replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
    }

    private static void members(JsonNode node, String indent, StringBuilder text) {
        int width = node.properties().stream()
                .mapToInt(member -> member.getKey().length())
                .max()
                .orElse(0);
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            text.append(indent).append(clean(name));
            if (value.isObject()) {
                text.append('\n');
                members(value, indent + GAP, text);
            } else if (value.isArray() && !value.isEmpty() && value.get(0).isObject()) {
                text.append('\n');
                objects(value, indent + GAP, text);
            } else {
                text.append(" ".repeat(width - name.length()))
                        .append(GAP)
                        .append(scalar(value))
                        .append('\n');
            }
        }
    }

    private static void objects(JsonNode list, String indent, StringBuilder text) {
        Set<String> columns = new LinkedHashSet<>();
        list.forEach(item -> item.fieldNames().forEachRemaining(columns::add));
        if (columns.size() <= MOST_COLUMNS) {
            text.append(table(rows(columns, list)).indent(indent.length()));
            return;
        }
        String blank = "";
        for (JsonNode item : list) {
            text.append(blank);
            members(item, indent, text);
            blank = "\n";
        }
    }

    /** What tells one line from another: commits are cut as git cuts them, times have no fractions of a second. */
    private static String cell(String column, JsonNode value) {
        String text = TIME.matcher(scalar(value)).replaceFirst("$1Z");
        if (column.equals("commit") && text.length() > SHORT_COMMIT) {
            return text.substring(0, SHORT_COMMIT);
        }
        return text.length() <= WIDEST_CELL ? text : text.substring(0, WIDEST_CELL - 1) + "…";
    }

    private static String scalar(JsonNode value) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(item.isObject() ? words(item) : scalar(item)));
            return String.join(", ", items);
        }
        return clean(value.isObject() ? value.toString() : value.asText());
    }

    /** A small object, such as a grant, in words: {@code deny builder team/*}. */
    private static String words(JsonNode object) {
        List<String> words = new ArrayList<>();
        object.properties().forEach(member -> {
            if (!member.getValue().isBoolean()) {
                words.add(scalar(member.getValue()));
            } else if (member.getValue().asBoolean()) {
                words.add(clean(member.getKey()));
            }
        });
        return String.join(" ", words);
    }

    /** Somebody's text with nothing in it that a terminal would obey. */
    public static String safe(String text) {
        return clean(text);
    }

    /** Nothing that a terminal would obey: control characters and marks that turn the writing direction. */
    private static String clean(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\uFFFD' : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
