package io.sallyport.keys;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each record as one line of {@code name=value} to the logger {@code sallyport.audit}, at level INFO. As durable
 * as what the logger writes to. What peers choose (user name, request) cannot make a line of its own, end a value
 * early or change the terminal that shows it: see {@link #quoted}.
 */
public final class LoggedAudit implements AuditLog {
    /** Longer values are cut, in characters. */
    static final int LONGEST = 1000;

    private static final Logger AUDIT = LoggerFactory.getLogger("sallyport.audit");

    /** An audit log over the logger. */
    public LoggedAudit() {}

    @Override
    public void record(AuditRecord record) {
        if (AUDIT.isInfoEnabled()) {
            AUDIT.info("{}", line(record));
        }
    }

    static String line(AuditRecord record) {
        return "decision=" + (record.decision().allowed() ? "allow" : "deny")
                + " verb=" + record.verb().label()
                + " identity=" + quoted(record.identity())
                + " fingerprint=" + quoted(record.fingerprint())
                + " surface=" + quoted(record.surface())
                + " source=" + quoted(record.source())
                + " user=" + quoted(record.user())
                + " request=" + quoted(record.request())
                + " rule=" + quoted(record.decision().rule());
    }

    /** In double quotes; quotes, backslashes and all that is no visible character escaped as in JSON (RFC 8259). */
    private static String quoted(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2).append('"');
        int end = Math.min(value.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            append(out, value.charAt(i));
        }
        return out.append(end < value.length() ? "…" : "").append('"').toString();
    }

    private static void append(StringBuilder out, char c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (visible(c)) {
            out.append(c);
        } else {
            out.append(String.format("\\u%04x", (int) c));
        }
    }

    /** Letters, numbers, punctuation, symbols and the plain space: nothing that breaks, hides or turns a line. */
    private static boolean visible(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
