package io.sallyport.builds.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.sallyport.builds.plan.Plan;
import java.io.IOException;
import java.time.Duration;

/**
 * Plans as JSON and back, from the components of their records by name. A record's component that is renamed, or a new
 * one that has no meaning when it is absent, needs a new version here: plans that were recorded are read for years.
 */
final class PlanJson {
    private static final int VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule()
                    .addSerializer(new DurationWriter())
                    .addDeserializer(Duration.class, new DurationReader()))
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();

    private PlanJson() {}

    /** What is written. */
    private record Versioned(int version, Plan plan) {}

    static String write(Plan plan) {
        try {
            return MAPPER.writeValueAsString(new Versioned(VERSION, plan));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan cannot be written", e);
        }
    }

    static Plan read(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            int version = node.path("version").asInt();
            if (version != VERSION) {
                throw new IllegalStateException("a plan of version " + version + " is recorded");
            }
            return MAPPER.treeToValue(node.path("plan"), Plan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recorded plan cannot be read", e);
        }
    }

    /** Times as ISO 8601 has them, such as {@code PT1H30M}. */
    private static final class DurationWriter extends StdSerializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationWriter() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }

    private static final class DurationReader extends StdDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Duration.parse(json.getText());
        }
    }
}
