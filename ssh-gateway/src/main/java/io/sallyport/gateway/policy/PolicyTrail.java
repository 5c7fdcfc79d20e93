package io.sallyport.gateway.policy;

import io.sallyport.keys.PolicyChanges;
import io.sallyport.keys.audit.AuditEvent;
import io.sallyport.keys.audit.AuditLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the audit log is told of one import: each change before anything is done, and what came of it. */
final class PolicyTrail {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyTrail.class);

    /** Records of single changes; the file's digest tells the rest to who has kept the file. */
    private static final int MOST = 10_000;

    private final Ledger ledger;
    private final PolicyOrder.Import order;

    PolicyTrail(Ledger ledger, PolicyOrder.Import order) {
        this.ledger = ledger;
        this.order = order;
    }

    /** Returns when all of it is on the disk. */
    void begins(PolicyChanges changes, List<PolicyWords.Section> sections) throws IOException, InterruptedException {
        AuditLog audit = ledger.open();
        List<AuditEvent> events = new ArrayList<>();
        TreeMap<String, String> facts = new TreeMap<>(Map.of(
                "by", order.by(), "file", order.file(), "sha256", digest(), "changes", PolicyWords.sums(changes)));
        if (!order.reason().isEmpty()) {
            facts.put("reason", order.reason());
        }
        events.add(new AuditEvent.Noted("policy-import", facts));
        for (PolicyWords.Section section : sections) {
            events.add(change(section.subject(), section.verdict()));
            section.details().forEach(detail -> events.add(change(section.subject(), detail.strip())));
        }
        if (events.size() > MOST) {
            int more = events.size() - MOST;
            events.subList(MOST, events.size()).clear();
            events.add(change("the file", "and " + more + " more"));
        }
        events.subList(0, events.size() - 1).forEach(audit::tell);
        audit.commit(events.getLast());
    }

    /** It is done. */
    void ends() {
        tell("policy-imported", "sha256", digest());
        LOG.warn("POLICY imported by={} sha256={}", Quoted.visible(order.by()), digest());
    }

    /** Nothing was changed. */
    void fails(String why) {
        tell("policy-import-failed", "why", why);
        LOG.warn("POLICY not imported: {}", why);
    }

    private void tell(String what, String name, String fact) {
        try {
            ledger.open().tell(new AuditEvent.Noted(what, new TreeMap<>(Map.of(name, fact))));
        } catch (IOException e) {
            throw new IllegalStateException("the audit log was open before", e);
        }
    }

    private static AuditEvent change(String subject, String change) {
        return new AuditEvent.Noted("policy-change", new TreeMap<>(Map.of("subject", subject, "change", change)));
    }

    private String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(order.text().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
