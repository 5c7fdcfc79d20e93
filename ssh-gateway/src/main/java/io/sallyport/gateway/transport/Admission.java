package io.sallyport.gateway.transport;

import io.sallyport.gateway.settings.Config;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;

/** Counts connections and refuses those over the limits. May be called from any thread; never blocks for long. */
final class Admission {
    private static final AttributeKey<String> COUNTED = new AttributeKey<>();

    private static final AttributeKey<Boolean> DISMISSED = new AttributeKey<>();

    private final Config.Limits limits;
    private final Map<String, Integer> waiting = new HashMap<>(); // by source; guarded by this
    private final Map<String, Set<Session>> inside = new HashMap<>(); // by identity; guarded by this
    private int waitingTotal;
    private int insideTotal;

    Admission(Config.Limits limits) {
        this.limits = limits;
    }

    /** Takes a place for a connection that has not logged in; the answer is why there is none, or empty. */
    synchronized String arrive(String source) {
        int fromSource = waiting.getOrDefault(source, 0);
        if (waitingTotal >= limits.unauthenticated()) {
            return "limits.unauthenticated";
        }
        if (fromSource >= limits.unauthenticatedPerSource()) {
            return "limits.unauthenticatedPerSource";
        }
        if (waitingTotal + insideTotal >= limits.connections()) {
            return "limits.connections";
        }
        waiting.put(source, fromSource + 1);
        waitingTotal++;
        return "";
    }

    /** Gives the place back when no session came of it. */
    synchronized void abandon(String source) {
        waiting.computeIfPresent(source, (key, count) -> count > 1 ? count - 1 : null);
        waitingTotal--;
    }

    /** Notes which source the session is counted under. */
    void track(Session session, String source) {
        session.setAttribute(COUNTED, source);
    }

    /** Moves a session from those that wait to those inside; false when its identity has too many. */
    synchronized boolean enter(Session session, String identity) {
        leaveWaiting(session);
        Set<Session> mine = inside.computeIfAbsent(identity, key -> new HashSet<>());
        if (mine.size() >= limits.perIdentity()) {
            return false;
        }
        mine.add(session);
        insideTotal++;
        return true;
    }

    /** Forgets a session that has ended. */
    synchronized void leave(Session session) {
        leaveWaiting(session);
        Peer peer = Peer.of(session);
        if (peer != null) {
            Set<Session> mine = inside.get(peer.identity());
            if (mine != null && mine.remove(session)) {
                insideTotal--;
                if (mine.isEmpty()) {
                    inside.remove(peer.identity());
                }
            }
        }
    }

    /** All sessions that have logged in. */
    synchronized List<Session> inside() {
        return inside.values().stream().flatMap(Set::stream).toList();
    }

    /** Notes that a session is to end; false when that was noted before. Its place is taken until it has ended. */
    boolean dismiss(Session session) {
        return session.setAttribute(DISMISSED, true) == null;
    }

    private void leaveWaiting(Session session) {
        String source = session.removeAttribute(COUNTED);
        if (source != null) {
            abandon(source);
        }
    }
}
