package io.sallyport.gateway.policy;

import io.sallyport.keys.Grant;
import io.sallyport.keys.Group;
import io.sallyport.keys.Identity;
import io.sallyport.keys.Policy;
import io.sallyport.keys.PolicyKey;
import java.util.List;

/** Writes policies as {@link PolicyReader} reads them. The same policy is always the same text. */
final class PolicyText {
    private static final String HEAD = """
            # Who is let in to a Sallyport gateway, and what they may do: its policy, as 'sallyport admin policy export'
            # writes it. Not in it: deploy keys, certificate authorities, revocations.

            """;

    private final StringBuilder text = new StringBuilder(HEAD);

    private PolicyText() {}

    static String of(Policy policy) {
        PolicyText text = new PolicyText();
        text.section("identities", policy.identities().isEmpty());
        policy.identities().forEach(text::identity);
        text.text.append('\n');
        text.section("groups", policy.groups().isEmpty());
        policy.groups().forEach(text::group);
        return text.text.toString();
    }

    private void section(String name, boolean empty) {
        text.append(name).append(empty ? ": {}\n" : ":\n");
    }

    private void identity(Policy.Entry entry) {
        Identity identity = entry.identity();
        name(identity.name()).append(":\n");
        text.append("    kind: ").append(identity.kind().label()).append('\n');
        flag("locked", identity.locked());
        flag("verifyRequired", identity.verifyRequired());
        grants(identity.grants());
        list("keys", entry.keys().stream().map(PolicyKey::line).toList());
    }

    private void group(Group group) {
        boolean empty = group.members().isEmpty() && group.grants().isEmpty();
        name(group.name()).append(empty ? ": {}\n" : ":\n");
        list("members", group.members());
        grants(group.grants());
    }

    private StringBuilder name(String name) {
        return text.append("  ").append(Quoted.ifNeeded(name));
    }

    private void flag(String name, boolean value) {
        if (value) {
            text.append("    ").append(name).append(": true\n");
        }
    }

    private void list(String name, List<String> items) {
        if (!items.isEmpty()) {
            text.append("    ").append(name).append(":\n");
            items.forEach(item ->
                    text.append("      - ").append(Quoted.ifNeeded(item)).append('\n'));
        }
    }

    private void grants(List<Grant> grants) {
        if (grants.isEmpty()) {
            return;
        }
        text.append("    grants:\n");
        for (Grant grant : grants) {
            text.append("      - {role: ").append(grant.role().label());
            if (!grant.role().ofHouse()) {
                text.append(", project: ")
                        .append(Quoted.ifNeeded(grant.projects().text()));
            }
            text.append(grant.effect() == Grant.Effect.DENY ? ", deny: true}\n" : "}\n");
        }
    }
}
