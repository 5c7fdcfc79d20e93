package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.secret.Secret;
import io.sallyport.builds.secret.SecretPut;
import java.util.List;

/** Secrets as answers show them: never with a value. */
final class SecretJson {
    private SecretJson() {}

    static ObjectNode of(Secret secret) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", secret.name())
                .put("protected", secret.rules().protectedOnly())
                .put("file", secret.rules().file())
                .put("masked", secret.hidden())
                .put("version", secret.version())
                .put("bytesAtMost", secret.atMost())
                .put("created", Times.text(secret.created()))
                .put("updated", Times.text(secret.updated()))
                .put("updatedBy", secret.updatedBy());
    }

    /** With what its maintainer should know of its value. */
    static ObjectNode of(Secret secret, List<SecretPut.Remark> remarks) {
        ObjectNode json = of(secret);
        if (!remarks.isEmpty()) {
            remarks.stream().map(SecretJson::words).forEach(json.putArray("warnings")::add);
        }
        return json;
    }

    private static String words(SecretPut.Remark remark) {
        return switch (remark) {
            case TOO_SHORT -> "it has less than 8 characters: it is not masked in logs";
            case SHORT_LINES ->
                "it has lines of less than 8 characters: these are masked only where the whole value stands";
            case FEW_CHARACTERS -> "it has less than 4 different characters: much else in logs may be masked with it";
        };
    }
}
