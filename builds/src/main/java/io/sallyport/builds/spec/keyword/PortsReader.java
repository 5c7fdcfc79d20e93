package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.List;
import java.util.Optional;

/** Reads the ports of a job that may be reached while it runs. */
public final class PortsReader {
    private static final int MOST = 20;
    private static final int LAST = 65_535;

    private PortsReader() {}

    /** One port, or a list of at most 20. */
    public static List<Integer> read(String key, Value value, Report report) {
        List<Value> items = Expected.oneOrMore(value);
        if (items.size() > MOST) {
            report.error(items.get(MOST).place(), key + ": more than " + MOST);
        }
        return items.stream()
                .map(item -> Expected.number(key, 1, LAST, item, report))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }
}
