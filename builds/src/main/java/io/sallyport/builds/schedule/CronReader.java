package io.sallyport.builds.schedule;

import io.sallyport.builds.Nearest;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** From text to a cron expression, or to what is wrong with it: the first thing, from the left. */
final class CronReader {
    private static final int LONGEST = 256;
    private static final Map<String, String> WORDS = new TreeMap<>(Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *"));

    private CronReader() {}

    static CronReading read(String text, String zone) {
        try {
            return new CronReading.Understood(new Cron(text, zone(zone), times(text)));
        } catch (CronFieldReader.Wrong wrong) {
            return new CronReading.Misunderstood(wrong.field(), wrong.reason());
        }
    }

    private static LocalTimes times(String text) throws CronFieldReader.Wrong {
        if (text.length() > LONGEST) {
            throw new CronFieldReader.Wrong("it is longer than " + LONGEST + " characters");
        }
        Map<CronField, String> fields = fields(text.strip().toLowerCase(Locale.ROOT));
        LocalTimes times = new LocalTimes(
                set(fields, CronField.MINUTE),
                set(fields, CronField.HOUR),
                set(fields, CronField.DAY_OF_MONTH),
                set(fields, CronField.MONTH),
                set(fields, CronField.DAY_OF_WEEK),
                isRestricted(fields, CronField.DAY_OF_MONTH) && isRestricted(fields, CronField.DAY_OF_WEEK));
        if (times.isNever()) {
            throw new CronFieldReader.Wrong(
                    CronField.DAY_OF_MONTH,
                    "it would never be due: no month of '" + fields.get(CronField.MONTH) + "' has a day '"
                            + fields.get(CronField.DAY_OF_MONTH) + "'");
        }
        return times;
    }

    private static Map<CronField, String> fields(String text) throws CronFieldReader.Wrong {
        List<String> parts =
                text.isEmpty() ? List.of() : List.of((text.startsWith("@") ? word(text) : text).split("[ \\t]+", -1));
        if (parts.size() != CronField.values().length) {
            throw new CronFieldReader.Wrong(count(parts.size()));
        }
        Map<CronField, String> fields = new EnumMap<>(CronField.class);
        Iterator<String> part = parts.iterator();
        for (CronField field : CronField.values()) {
            fields.put(field, part.next());
        }
        return fields;
    }

    private static long set(Map<CronField, String> fields, CronField field) throws CronFieldReader.Wrong {
        return new CronFieldReader(field).read(fields.getOrDefault(field, ""));
    }

    private static boolean isRestricted(Map<CronField, String> fields, CronField field) {
        return !fields.getOrDefault(field, "").startsWith("*");
    }

    private static String word(String given) throws CronFieldReader.Wrong {
        String fields = WORDS.get(given);
        if (fields == null) {
            throw new CronFieldReader.Wrong("unknown word '" + given + "'"
                    + Nearest.to(given, WORDS.keySet())
                            .map(near -> ", did you mean '" + near + "'?")
                            .orElse("; there are " + String.join(", ", WORDS.keySet())));
        }
        return fields;
    }

    private static String count(int fields) {
        return "it has " + fields + (fields == 1 ? " field" : " fields")
                + ", and needs five, parted by blanks: minute, hour, day of month, month, day of week"
                + (fields > CronField.values().length ? "; there are no seconds and no years" : "");
    }

    private static ZoneId zone(String name) throws CronFieldReader.Wrong {
        if (ZoneId.getAvailableZoneIds().contains(name)) {
            return ZoneId.of(name);
        }
        Optional<String> near = Nearest.to(name, ZoneId.getAvailableZoneIds());
        throw new CronFieldReader.Wrong("unknown time zone '" + name + "'"
                + near.map(zone -> ", did you mean '" + zone + "'?")
                        .orElse("; it is a name such as UTC, Europe/Berlin or America/New_York"));
    }
}
