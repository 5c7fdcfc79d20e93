package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.keys.DeployKey;
import io.sallyport.keys.DeployKeyUse;
import io.sallyport.keys.DeployQuotas;
import io.sallyport.keys.DeployScope;
import java.util.stream.Stream;

/** Deploy keys as answers show them. What is absent is left out: no {@code from} is from anywhere. */
final class DeployKeyJson {
    private DeployKeyJson() {}

    /** A key as its project's maintainers see it. */
    static ObjectNode of(DeployKey key, DeployKeyUse use) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", key.name())
                .put("fingerprint", key.fingerprint())
                .put("identity", key.identity())
                .put("type", key.key().type())
                .put("comment", key.key().comment())
                .put("added", Times.text(key.key().added()));
        describe(json, key);
        ObjectNode used = json.putObject("use")
                .put("logins", use.logins())
                .put("submissions", use.submissions())
                .put("bytes", use.bytes());
        use.last().ifPresent(time -> used.put("last", Times.text(time)));
        use.from().ifPresent(address -> used.put("from", address));
        return json;
    }

    /** What the key is for, as its bearer sees it too. */
    static void describe(ObjectNode json, DeployKey key) {
        DeployScope scope = key.scope();
        json.put("project", key.project());
        key.creator().ifPresent(creator -> json.put("creator", creator));
        list(json.putArray("verbs"), scope.verbs().stream().map(verb -> verb.label()));
        if (!scope.refs().isEmpty()) {
            list(json.putArray("refs"), scope.refs().stream().map(Object::toString));
        }
        if (!scope.from().isEmpty()) {
            list(json.putArray("from"), scope.from().stream().map(Object::toString));
        }
        json.put("expires", Times.text(scope.expires()));
        if (!scope.quotas().equals(DeployQuotas.NONE)) {
            quotas(json.putObject("quotas"), scope.quotas());
        }
    }

    private static void quotas(ObjectNode json, DeployQuotas quotas) {
        quotas.buildsPerHour().ifPresent(count -> json.put("buildsPerHour", count));
        quotas.buildsAtOnce().ifPresent(count -> json.put("buildsAtOnce", count));
        quotas.bytesPerDay().ifPresent(count -> json.put("bytesPerDay", count));
    }

    private static void list(ArrayNode json, Stream<String> texts) {
        texts.forEach(json::add);
    }
}
