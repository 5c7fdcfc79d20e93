package io.sallyport.handlers.routes;

import io.sallyport.builds.Nearest;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.keys.DeployQuotas;
import io.sallyport.keys.DeployScope;
import io.sallyport.keys.DeployVerb;
import io.sallyport.keys.Identity;
import io.sallyport.keys.Network;
import io.sallyport.keys.RefGlob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** The parameters of a deploy key that is wanted, read. */
final class DeployKeyForm {
    private static final int LONGEST = 4096;
    private static final int LONGEST_NAME = 64;
    private static final int MOST = 100;
    private static final int MOST_BUILDS = 10_000;
    private static final Duration USUAL_LIFE = Duration.ofDays(90);
    private static final Duration LONGEST_LIFE = Duration.ofDays(366);
    private static final List<String> LABELS =
            Arrays.stream(DeployVerb.values()).map(DeployVerb::label).toList();
    private static final Set<DeployVerb> USUAL = Set.of(DeployVerb.SUBMIT, DeployVerb.READ_OWN, DeployVerb.READ_LOGS);

    static final Param<String> NAME = Param.text("name", LONGEST_NAME, "what it is called in the project; needed");
    static final Param<String> VERBS = Param.text(
            "verbs", LONGEST, "what for, of " + String.join(",", LABELS) + "; else submit,read-own,read-logs");
    static final Param<String> EXPIRES =
            Param.text("expires", LONGEST_NAME, "after 30m, 12h, 90d, or at 2027-01-31T12:00:00Z; else after 90d");
    static final Param<String> FROM =
            Param.text("from", LONGEST, "from where only, such as 192.0.2.0/24,2001:db8::/32");
    static final Param<String> REFS = Param.text("refs", LONGEST, "what it may build only, such as main,release/*");
    static final Param<Long> PER_HOUR = Param.number("builds-per-hour", 1, MOST_BUILDS, "builds within any hour");
    static final Param<Long> AT_ONCE = Param.number("builds-at-once", 1, MOST_BUILDS, "builds that wait or run");
    static final Param<Long> PER_DAY = Param.number("bytes-per-day", 1, Long.MAX_VALUE, "bytes of sources in a day");

    private final Clock clock;

    DeployKeyForm(Clock clock) {
        this.clock = clock;
    }

    String name(Request request) throws Param.Malformed {
        String name = request.get(NAME).orElse("");
        if (name.isEmpty()) {
            throw new Param.Malformed("name", "a deploy key needs a name: name=ci");
        }
        if (!Identity.isName(name)) {
            throw new Param.Malformed(
                    "name", "'" + name + "' is no name for a deploy key: lower-case letters, digits, '.', '_', '-'");
        }
        return name;
    }

    DeployScope scope(Request request) throws Param.Malformed {
        return new DeployScope(
                verbs(request.get(VERBS)),
                list(request.get(REFS), "refs", "a name or glob such as release/*", RefGlob::parse),
                list(
                        request.get(FROM),
                        "from",
                        "an address such as 192.0.2.7 or a network such as 192.0.2.0/24, no bit of which is set"
                                + " behind its prefix",
                        Network::parse),
                expires(request.get(EXPIRES)),
                quotas(request));
    }

    private static Set<DeployVerb> verbs(Optional<String> given) throws Param.Malformed {
        if (given.isEmpty()) {
            return USUAL;
        }
        Set<DeployVerb> verbs = EnumSet.noneOf(DeployVerb.class);
        for (String label : given.get().split(",", -1)) {
            verbs.add(DeployVerb.parse(label)
                    .orElseThrow(() -> new Param.Malformed(
                            "verbs",
                            "verbs are made of " + String.join(", ", LABELS) + ", not '" + label + "'"
                                    + Nearest.to(label, LABELS)
                                            .map(near -> ", did you mean '" + near + "'?")
                                            .orElse(""))));
        }
        return verbs;
    }

    private static <T> List<T> list(
            Optional<String> given, String name, String form, Function<String, Optional<T>> reader)
            throws Param.Malformed {
        List<T> all = new ArrayList<>();
        if (given.isEmpty()) {
            return all;
        }
        String[] parts = given.get().split(",", -1);
        if (parts.length > MOST) {
            throw new Param.Malformed(name, name + " has more than " + MOST + " parts");
        }
        for (String part : parts) {
            all.add(reader.apply(part)
                    .orElseThrow(() -> new Param.Malformed(
                            name, "'" + part + "' in " + name + " is not " + form + "; several are parted by commas")));
        }
        return all;
    }

    /** The moment from which on it lets nobody in. */
    private Instant expires(Optional<String> given) throws Param.Malformed {
        Instant now = clock.instant();
        Instant end = given.isEmpty() ? now.plus(USUAL_LIFE) : Lifetime.end("expires", given.get(), now);
        if (!end.isAfter(now)) {
            throw new Param.Malformed("expires", "expires lies in the past: " + Times.text(end));
        }
        if (end.isAfter(now.plus(LONGEST_LIFE))) {
            throw new Param.Malformed(
                    "expires", "a deploy key lives at most " + LONGEST_LIFE.toDays() + "d; make it anew in time");
        }
        return end;
    }

    private static DeployQuotas quotas(Request request) throws Param.Malformed {
        Optional<Long> perHour = request.get(PER_HOUR);
        Optional<Long> atOnce = request.get(AT_ONCE);
        Optional<Long> perDay = request.get(PER_DAY);
        return new DeployQuotas(
                perHour.isPresent() ? OptionalInt.of(Math.toIntExact(perHour.get())) : OptionalInt.empty(),
                atOnce.isPresent() ? OptionalInt.of(Math.toIntExact(atOnce.get())) : OptionalInt.empty(),
                perDay.isPresent() ? OptionalLong.of(perDay.get()) : OptionalLong.empty());
    }
}
