package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.log.LogEnd;
import io.sallyport.builds.log.LogItem;
import io.sallyport.builds.log.LogRecord;
import io.sallyport.builds.log.LogRecords;
import io.sallyport.handlers.Response;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Records of a log as JSON, one per line of the log. */
final class LogRecordStream implements Response.RecordStream {
    private final LogRecords records;

    LogRecordStream(LogRecords records) {
        this.records = records;
    }

    @Override
    public @Nullable JsonNode next() throws IOException {
        LogItem item = records.next();
        return item == null
                ? null
                : switch (item) {
                    case LogRecord line -> line(line);
                    case LogEnd end -> end(end);
                };
    }

    @Override
    public void close() {
        records.close();
    }

    private static JsonNode line(LogRecord record) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("offset", record.offset());
        json.put("time", Times.text(record.time()));
        if (!record.job().isEmpty()) {
            json.put("job", record.job());
        }
        json.put("stream", record.stream().name().toLowerCase(Locale.ROOT));
        json.put("text", record.text());
        return json;
    }

    private static JsonNode end(LogEnd end) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("offset", end.offset())
                .put("end", true)
                .put("state", end.state().label());
    }
}
