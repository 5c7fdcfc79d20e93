package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.keys.Credential.Ceiling;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every role × verb × resource × own or foreign × ceiling × deny × locked, against the written table; whether the grants
 * are one's own or come from groups.
 */
class AccessPolicyTest {
    private static final String ME = "me";
    private static final Ref MAIN = new Ref(Ref.Kind.BRANCH, "main");
    private static final List<String> GLOBS = List.of("*", "team/web", "team/*", "other");
    private static final List<Resource> RESOURCES = List.of(
            new Resource.Gateway(),
            new Resource.Project("team/web"),
            new Resource.Project("other"),
            new Resource.Submission("team/web", Optional.empty(), false),
            new Resource.Submission("team/web", Optional.of(MAIN), true),
            new Resource.Submission("other", Optional.of(MAIN), false),
            new Resource.Submission("other", Optional.of(MAIN), true),
            new Resource.Build("team/web", ME, Optional.of(MAIN)),
            new Resource.Build("team/web", "you", Optional.empty()),
            new Resource.Build("other", ME, Optional.empty()),
            new Resource.Build("other", "you", Optional.of(MAIN)),
            new Resource.Key(ME),
            new Resource.Key("you"));

    private static WrittenPolicy policy;

    @BeforeAll
    static void readPolicy() throws Exception {
        policy = WrittenPolicy.read();
    }

    @Test
    void theTableSpeaksOfEveryVerbAndRole() {
        assertEquals(Stream.of(Verb.values()).map(Verb::label).toList(), sortedAsInCode(policy.verbs()));
        assertEquals(Stream.of(Role.values()).map(Role::label).toList(), policy.roles());
    }

    private static List<String> sortedAsInCode(List<String> labels) {
        List<String> code = Stream.of(Verb.values()).map(Verb::label).toList();
        return labels.stream()
                .sorted((a, b) -> Integer.compare(code.indexOf(a), code.indexOf(b)))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyCellIsAsWritten(Verb verb) {
        int asked = 0;
        for (List<Grant> grants : grantLists()) {
            for (Optional<Ceiling> ceiling : ceilings(verb)) {
                for (boolean locked : new boolean[] {false, true}) {
                    List<Principal> holders = holders(grants, locked, new Credential("SHA256:x", ceiling));
                    for (Resource what : RESOURCES) {
                        boolean expected = expected(holders.getFirst(), verb.label(), what);
                        for (Principal principal : holders) {
                            Decision decision = Access.decide(principal, verb, what);
                            assertEquals(expected, decision.allowed(), () -> principal + " " + verb + " " + what);
                            assertTrue(!decision.rule().isEmpty());
                            asked++;
                        }
                    }
                }
            }
        }
        assertTrue(asked > 10_000, "asked " + asked);
    }

    /** The same grants as one's own, which the expectation is made of, as those of one group, and spread over several. */
    static List<Principal> holders(List<Grant> grants, boolean locked, Credential credential) {
        List<Group> spread = new ArrayList<>();
        for (int i = 0; i < grants.size(); i++) {
            spread.add(new Group("group-" + i, List.of(ME), List.of(grants.get(i))));
        }
        List<Grant> own = grants.isEmpty() ? List.of() : List.of(grants.getLast());
        List<Group> others = grants.isEmpty() ? List.of() : spread.subList(0, grants.size() - 1);
        return List.of(
                new Principal(new Identity(ME, Identity.Kind.PERSON, grants, locked), List.of(), credential),
                new Principal(
                        new Identity(ME, Identity.Kind.PERSON, List.of(), locked),
                        List.of(new Group("all", List.of(ME), grants)),
                        credential),
                new Principal(new Identity(ME, Identity.Kind.PERSON, own, locked), others, credential));
    }

    /** The written order, 1 to 7. */
    private static boolean expected(Principal who, String verb, Resource what) {
        String further = policy.andOnProtected(verb);
        boolean isProtected = what instanceof Resource.Submission submission && submission.protectedRef();
        return steps1to6(who, verb, what) && (!isProtected || further.equals("-") || steps3to6(who, further, what));
    }

    private static boolean steps1to6(Principal who, String verb, Resource what) {
        boolean own = what.equals(new Resource.Key(ME))
                || what instanceof Resource.Build build && build.submittedBy().equals(ME);
        if (who.identity().locked() || policy.onlyOnOwn(verb) && !own) {
            return false;
        }
        String weaker = policy.elseOnOwn(verb);
        return steps3to6(who, verb, what) || own && !weaker.equals("-") && steps3to6(who, weaker, what);
    }

    private static boolean steps3to6(Principal who, String verb, Resource what) {
        boolean within = who.credential()
                .ceiling()
                .map(ceiling -> ceiling.verbs().stream().anyMatch(v -> v.label().equals(verb))
                        && speaksOf(ceiling.projects().text(), what, true)
                        && !verb.equals("submit-protected")) // these ceilings name no refs
                .orElse(true);
        return within && granted(policy, who.identity(), verb, what);
    }

    /** Steps 3 and 5: whether the grants say so and no denial says otherwise. */
    static boolean granted(WrittenPolicy policy, Identity who, String verb, Resource what) {
        boolean denied = who.grants().stream()
                .anyMatch(grant -> grant.effect() == Grant.Effect.DENY
                        && policy.gives(grant.role().label(), verb)
                        && speaksOf(grant.projects().text(), what, false));
        boolean granted = policy.gives(WrittenPolicy.EVERYBODY, verb)
                || who.grants().stream()
                        .anyMatch(grant -> grant.effect() == Grant.Effect.ALLOW
                                && policy.gives(grant.role().label(), verb)
                                && speaksOf(grant.projects().text(), what, true));
        return !denied && granted;
    }

    /** Which of the few globs covers which of the two projects, written out; anywhere is as given. */
    static boolean speaksOf(String glob, Resource what, boolean anywhere) {
        String project = switch (what) {
            case Resource.Gateway gateway -> "";
            case Resource.Key key -> "";
            case Resource.Project p -> p.name();
            case Resource.Submission s -> s.project();
            case Resource.Build b -> b.project();
        };
        return switch (glob) {
            case "*" -> true;
            case "team/web", "team/*" -> project.isEmpty() ? anywhere : project.equals("team/web");
            case "other" -> project.isEmpty() ? anywhere : project.equals("other");
            default -> throw new AssertionError(glob);
        };
    }

    /** No grant; each role on each glob; each of these with each denial; two roles in both orders with a denial. */
    static List<List<Grant>> grantLists() {
        List<Grant> allows = grants(Grant.Effect.ALLOW);
        List<Grant> denies = grants(Grant.Effect.DENY);
        List<List<Grant>> all = new ArrayList<>();
        all.add(List.of());
        denies.forEach(deny -> all.add(List.of(deny)));
        for (Grant allow : allows) {
            all.add(List.of(allow));
            for (Grant deny : denies) {
                all.add(List.of(allow, deny));
                all.add(List.of(deny, Grant.allow(Role.BUILDER, ProjectGlob.EVERY), allow));
            }
        }
        return all;
    }

    private static List<Grant> grants(Grant.Effect effect) {
        List<Grant> all = new ArrayList<>();
        for (Role role : Role.values()) {
            for (String glob : role.ofHouse() ? List.of("*") : GLOBS) {
                all.add(new Grant(effect, role, new ProjectGlob(glob)));
            }
        }
        return all;
    }

    private static List<Optional<Ceiling>> ceilings(Verb verb) {
        Set<Verb> allVerbs = EnumSet.allOf(Verb.class);
        List<Optional<Ceiling>> all = new ArrayList<>();
        all.add(Optional.empty());
        all.add(Optional.of(new Ceiling(allVerbs, ProjectGlob.EVERY)));
        all.add(Optional.of(new Ceiling(allVerbs, new ProjectGlob("team/*"))));
        all.add(Optional.of(new Ceiling(Set.of(verb), ProjectGlob.EVERY)));
        all.add(Optional.of(new Ceiling(EnumSet.of(verb, Verb.SUBMIT_BUILD), ProjectGlob.EVERY)));
        all.add(Optional.of(new Ceiling(EnumSet.complementOf(EnumSet.of(verb)), ProjectGlob.EVERY)));
        all.add(Optional.of(new Ceiling(Set.of(), ProjectGlob.EVERY)));
        return all;
    }

    @Test
    void theRuleThatDecidedIsNamed() {
        Grant viewer = Grant.allow(Role.VIEWER, new ProjectGlob("team/*"));
        Grant builder = Grant.allow(Role.BUILDER, new ProjectGlob("team/*"));
        Grant noBuilder = Grant.deny(Role.BUILDER, new ProjectGlob("team/web"));
        assertEquals("viewer on team/*", rule(Verb.READ_BUILDS, false, viewer));
        assertEquals("deny builder on team/web", rule(Verb.READ_BUILDS, false, viewer, noBuilder));
        assertEquals("no grant", rule(Verb.SUBMIT_BUILD, false, viewer));
        assertEquals("locked", rule(Verb.READ_BUILDS, true, viewer));
        assertEquals("any key", rule(Verb.USE_GATEWAY, false));
        assertEquals(
                "submit-protected: no grant",
                rule(Verb.SUBMIT_BUILD, new Resource.Submission("team/web", Optional.of(MAIN), true), builder));
        assertEquals("not one's own", rule(Verb.CANCEL_OWN_BUILD, false, viewer));
    }

    @Test
    void theRuleNamesTheGroupWhoseGrantDecided() {
        Grant viewer = Grant.allow(Role.VIEWER, new ProjectGlob("team/*"));
        Grant builder = Grant.allow(Role.BUILDER, new ProjectGlob("team/*"));
        Grant noViewer = Grant.deny(Role.VIEWER, new ProjectGlob("team/web"));
        Group devs = new Group("devs", List.of(ME), List.of(builder));
        Group guests = new Group("guests", List.of(ME), List.of(noViewer));

        assertEquals("viewer on team/*", rule(Verb.READ_BUILDS, List.of(devs), viewer));
        assertEquals("group devs: builder on team/*", rule(Verb.SUBMIT_BUILD, List.of(devs), viewer));
        assertEquals("group guests: deny viewer on team/web", rule(Verb.READ_BUILDS, List.of(devs, guests), viewer));
        assertEquals("group devs: builder on team/*", rule(Verb.SUBMIT_BUILD, List.of(devs, guests)));
        assertEquals("no grant", rule(Verb.SUBMIT_BUILD, List.of(guests), viewer));
    }

    @Test
    void anAdministratorIsWhoeverMayManageIdentities() {
        Group admins = new Group("admins", List.of(ME), List.of(Grant.allow(Role.ADMIN, ProjectGlob.EVERY)));
        Group never = new Group("never", List.of(ME), List.of(Grant.deny(Role.ADMIN, ProjectGlob.EVERY)));

        assertTrue(me(List.of(admins), false).isAdministrator());
        assertFalse(me(List.of(admins), true).isAdministrator());
        assertFalse(me(List.of(admins, never), false).isAdministrator());
        assertFalse(me(List.of(never), false, Grant.allow(Role.ADMIN, ProjectGlob.EVERY))
                .isAdministrator());
        assertFalse(me(List.of(), false, Grant.allow(Role.MAINTAINER, ProjectGlob.EVERY))
                .isAdministrator());
    }

    private static String rule(Verb verb, boolean locked, Grant... grants) {
        return rule(verb, me(List.of(), locked, grants));
    }

    private static String rule(Verb verb, List<Group> groups, Grant... grants) {
        return rule(verb, me(groups, false, grants));
    }

    private static String rule(Verb verb, Principal who) {
        return Access.decide(who, verb, new Resource.Project("team/web")).rule();
    }

    private static String rule(Verb verb, Resource what, Grant... grants) {
        return Access.decide(me(List.of(), false, grants), verb, what).rule();
    }

    private static Principal me(List<Group> groups, boolean locked, Grant... grants) {
        Identity me = new Identity(ME, Identity.Kind.PERSON, List.of(grants), locked);
        return new Principal(me, groups, new Credential("SHA256:x", Optional.empty()));
    }

    /** Else somebody who has been taken the role of a builder could still build what is trusted. */
    @Test
    void whoMayNotSubmitMayNotSubmitWhatIsProtectedEither() {
        Principal who = me(
                List.of(),
                false,
                Grant.allow(Role.MAINTAINER, ProjectGlob.EVERY),
                Grant.deny(Role.BUILDER, new ProjectGlob("team/web")));

        for (boolean isProtected : new boolean[] {false, true}) {
            assertFalse(Access.decide(
                            who, Verb.SUBMIT_BUILD, new Resource.Submission("team/web", Optional.of(MAIN), isProtected))
                    .allowed());
        }
    }
}
