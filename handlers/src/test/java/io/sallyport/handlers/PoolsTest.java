package io.sallyport.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.keys.Credential;
import io.sallyport.keys.Grant;
import io.sallyport.keys.Identity;
import io.sallyport.keys.Principal;
import io.sallyport.keys.ProjectGlob;
import io.sallyport.keys.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who finds a place, and how refusals are counted. */
class PoolsTest {
    private final Pools pools = new Pools(new Pools.Sizes(2, 1, 1));
    private final Principal person = identity(Identity.Kind.PERSON, List.of());
    private final Principal bot = identity(Identity.Kind.SERVICE, List.of());
    private long now;

    @Test
    void peopleAndBotsHavePlacesOfTheirOwn() {
        assertTrue(pools.take(bot).isPresent());
        assertTrue(pools.take(bot).isEmpty());
        assertTrue(pools.take(person).isPresent());
        assertTrue(pools.take(person).isPresent());
        assertTrue(pools.take(person).isEmpty());
    }

    @Test
    void anAdministratorHasTheReserveWhenAllElseIsTaken() {
        Principal admin = identity(Identity.Kind.PERSON, List.of(Grant.allow(Role.ADMIN, ProjectGlob.EVERY)));
        pools.take(person);
        Pools.Place place = pools.take(admin).orElseThrow();
        assertTrue(pools.take(person).isEmpty(), "an administrator takes a usual place first");
        assertTrue(pools.take(admin).isPresent());
        assertTrue(pools.take(admin).isEmpty());

        place.leave();
        place.leave();

        assertTrue(pools.take(person).isPresent());
        assertTrue(pools.take(person).isEmpty(), "a place is given back once");
    }

    @Test
    void hitsAreCountedByLimit() {
        LimitHits hits = new LimitHits(() -> now, (limit, identity, source) -> {});
        hits.hit("limits.connections", Optional.of("ann"), "192.0.2.7");
        hits.hit("limits.connections", Optional.of("ben"), "192.0.2.7");
        now += 2_000_000_000L;
        hits.hit("limits.connections", Optional.of("ann"), "192.0.2.7");
        hits.hit("too-large", Optional.empty(), "192.0.2.7");

        assertEquals(Map.of("limits.connections", 3L, "too-large", 1L), hits.counts());
    }

    private static Principal identity(Identity.Kind kind, List<Grant> grants) {
        return new Principal(
                new Identity("somebody", kind, grants, false), List.of(), new Credential("SHA256:x", Optional.empty()));
    }
}
