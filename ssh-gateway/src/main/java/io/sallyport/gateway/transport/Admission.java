package io.sallyport.gateway.transport;

import io.sallyport.gateway.settings.Config;
import io.sallyport.handlers.Pools;
import io.sallyport.keys.Identity;
import io.sallyport.keys.Principal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;

/**
 * Counts connections and refuses those over the limits: by source before the login, by identity and kind of identity
 * after it. May be called from any thread; never blocks for long.
 */
final class Admission {
    private static final AttributeKey<String> COUNTED = new AttributeKey<>();
    private static final AttributeKey<Pools.Place> PLACE = new AttributeKey<>();
    private static final AttributeKey<Boolean> DISMISSED = new AttributeKey<>();

    private final Config.Limits limits;
    private final Pools pools;
    private final Map<String, Integer> waiting = new HashMap<>(); // by source; guarded by this
    private final Map<String, Set<Session>> inside = new HashMap<>(); // by identity; guarded by this
    private int waitingTotal;
    private int insideTotal;
    private final long most;

    /**
     * Nobody is there yet.
     *
     * @param most connections that there may be, logged in or not
     */
    Admission(Config.Limits limits, long most) {
        this.limits = limits;
        this.most = most;
        this.pools = new Pools(limits.connections());
    }

    /** Takes a place for a connection that has not logged in; the answer is the limit that leaves none, or empty. */
    synchronized String arrive(String source) {
        int fromSource = waiting.getOrDefault(source, 0);
        if (waitingTotal + insideTotal >= most) {
            return "open files";
        }
        if (waitingTotal >= limits.unauthenticated()) {
            return "limits.unauthenticated";
        }
        if (fromSource >= limits.unauthenticatedPerSource()) {
            return "limits.unauthenticatedPerSource";
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

    /**
     * Moves a session from those that wait to those inside; the answer is the limit that does not let it, or empty.
     */
    synchronized String enter(Session session, Principal who) {
        leaveWaiting(session);
        Identity identity = who.identity();
        Set<Session> mine = inside.getOrDefault(identity.name(), Set.of());
        if (mine.size() >= limits.perIdentity()) {
            return "limits.connectionsPerIdentity";
        }
        Optional<Pools.Place> place = pools.take(who);
        if (place.isEmpty()) {
            return identity.kind() == Identity.Kind.PERSON ? "limits.connections" : "limits.connectionsOfBots";
        }
        session.setAttribute(PLACE, place.get());
        inside.computeIfAbsent(identity.name(), key -> new HashSet<>()).add(session);
        insideTotal++;
        return "";
    }

    /** Forgets a session that has ended. */
    synchronized void leave(Session session) {
        leaveWaiting(session);
        Pools.Place place = session.removeAttribute(PLACE);
        if (place != null) {
            place.leave();
        }
        Peer peer = Peer.of(session);
        if (peer != null) {
            inside.computeIfPresent(peer.identity(), (name, mine) -> {
                insideTotal -= mine.remove(session) ? 1 : 0;
                return mine.isEmpty() ? null : mine;
            });
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
