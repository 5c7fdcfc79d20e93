package io.sallyport.gateway.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.gateway.settings.Config;
import io.sallyport.keys.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Penalties with the default times and a clock of the test's. */
class PenaltiesTest {
    private long now = -5_000_000_000L; // System.nanoTime may be negative

    @Test
    void fourFailedLoginsAreRefusedAndThreeAreNot() {
        Penalties penalties = penalties(100, Config.Overflow.PERMISSIVE);

        punish(penalties, "192.0.2.1", Offence.FAILED_LOGIN, 3);
        assertEquals(Duration.ZERO, refused(penalties, "192.0.2.1"), "15 s are not above 15 s");

        punish(penalties, "192.0.2.1", Offence.FAILED_LOGIN, 1);
        assertEquals(Duration.ofSeconds(20), refused(penalties, "192.0.2.1"));
        assertEquals(Duration.ZERO, refused(penalties, "192.0.2.2"), "another source");
    }

    @Test
    void aPenaltyRunsDownToItsEnd() {
        Penalties penalties = penalties(100, Config.Overflow.PERMISSIVE);
        punish(penalties, "192.0.2.1", Offence.FAILED_LOGIN, 4);

        pass(Duration.ofSeconds(19));
        assertEquals(Duration.ofSeconds(1), refused(penalties, "192.0.2.1"), "below the threshold, but once begun");

        pass(Duration.ofSeconds(1));
        assertEquals(Duration.ZERO, refused(penalties, "192.0.2.1"));
        punish(penalties, "192.0.2.1", Offence.FAILED_LOGIN, 3);
        assertEquals(Duration.ZERO, refused(penalties, "192.0.2.1"), "it begins at nothing");
    }

    @Test
    void slowFailuresNeverAddUp() {
        Penalties penalties = penalties(100, Config.Overflow.PERMISSIVE);
        for (int i = 0; i < 100; i++) {
            punish(penalties, "192.0.2.1", Offence.FAILED_LOGIN, 1);
            assertEquals(Duration.ZERO, refused(penalties, "192.0.2.1"));
            pass(Duration.ofSeconds(5));
        }
    }

    @Test
    void oneCrashIsEnough() {
        Penalties penalties = penalties(100, Config.Overflow.PERMISSIVE);

        punish(penalties, "192.0.2.1", Offence.CRASH, 1);

        assertEquals(Duration.ofSeconds(90), refused(penalties, "192.0.2.1"));
    }

    @Test
    void tenMinutesAreTheMost() {
        Penalties penalties = penalties(100, Config.Overflow.PERMISSIVE);

        punish(penalties, "192.0.2.1", Offence.CRASH, 1000);

        assertEquals(Duration.ofMinutes(10), refused(penalties, "192.0.2.1"));
    }

    @Test
    void aNetworkOfIpv6IsOneSource() {
        Penalties penalties = penalties(100, Config.Overflow.PERMISSIVE);

        punish(penalties, "2001:db8:0:1::1", Offence.CRASH, 1);

        assertEquals(Duration.ofSeconds(90), refused(penalties, "2001:db8:0:1:ffff::2"));
        assertEquals(Duration.ZERO, refused(penalties, "2001:db8:0:2::1"));
        assertEquals("2001:db8:0:1:0:0:0:0/64", new Sources(32, 64).of(literal("2001:db8:0:1::1")));
        assertEquals("192.0.2.0/24", new Sources(24, 64).of(literal("192.0.2.1")));
        assertEquals("192.0.2.1", new Sources(32, 64).of(literal("::ffff:192.0.2.1")));
    }

    @Test
    void whoIsExemptIsNeverRefused() {
        Penalties penalties = penalties(1, Config.Overflow.DENY);

        punish(penalties, "192.0.2.1", Offence.CRASH, 1);
        punish(penalties, "10.1.2.3", Offence.CRASH, 10);

        assertEquals(Duration.ZERO, refused(penalties, "10.1.2.3"));
    }

    @Test
    void aFullTableForgetsThePenaltyThatEndsFirst() {
        Penalties penalties = penalties(2, Config.Overflow.PERMISSIVE);
        punish(penalties, "192.0.2.1", Offence.FAILED_LOGIN, 4);
        punish(penalties, "192.0.2.2", Offence.CRASH, 1);

        punish(penalties, "192.0.2.3", Offence.CRASH, 1);
        punish(penalties, "2001:db8::1", Offence.CRASH, 1);

        assertEquals(Duration.ZERO, refused(penalties, "192.0.2.1"));
        assertTrue(refused(penalties, "192.0.2.2").isPositive());
        assertTrue(refused(penalties, "192.0.2.3").isPositive());
        assertTrue(refused(penalties, "2001:db8::1").isPositive(), "the other family has a table of its own");
    }

    @Test
    void aFullTableCanDenyWhoIsNotInIt() {
        Penalties penalties = penalties(2, Config.Overflow.DENY);
        punish(penalties, "192.0.2.1", Offence.NO_LOGIN, 1);
        assertEquals(Duration.ZERO, refused(penalties, "192.0.2.9"));

        punish(penalties, "192.0.2.2", Offence.CRASH, 1);

        assertEquals(Duration.ofSeconds(1), refused(penalties, "192.0.2.9"));
        assertEquals(Duration.ZERO, refused(penalties, "2001:db8::1"), "the other family has room");
        pass(Duration.ofSeconds(1));
        assertEquals(Duration.ZERO, refused(penalties, "192.0.2.9"));
    }

    @Test
    void whatCostsNothingIsNotRemembered() {
        Config.Penalties none = new Config.Penalties(
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMinutes(10),
                1,
                Config.Overflow.DENY,
                List.of());
        PenaltyTable table = new PenaltyTable(none);

        table.add("192.0.2.1", Duration.ZERO, now);

        assertEquals(0, table.size());
    }

    private Penalties penalties(int sources, Config.Overflow overflow) {
        Config.Penalties settings = new Config.Penalties(
                Duration.ofSeconds(5),
                Duration.ofSeconds(90),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofMinutes(10),
                sources,
                overflow,
                List.of(Network.parse("10.0.0.0/8").orElseThrow()));
        return new Penalties(settings, new Sources(32, 64), () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static void punish(Penalties penalties, String source, Offence offence, int times) {
        for (int i = 0; i < times; i++) {
            penalties.punish(new InetSocketAddress(literal(source), 50_000 + i), offence);
        }
    }

    private static Duration refused(Penalties penalties, String source) {
        return penalties.refused(new InetSocketAddress(literal(source), 40_000));
    }

    private static InetAddress literal(String address) {
        return InetAddress.ofLiteral(address);
    }
}
