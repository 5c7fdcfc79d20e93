package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every set of a deploy key's verbs × grants of its maker × verb × resource × ref, its own and by a group, against the written tables. */
class DeployKeyPolicyTest {
    private static final String PROJECT = "team/web";
    private static final String ME = "deploy:team/web:ci";
    private static final List<List<RefGlob>> REFS = List.of(
            List.of(), List.of(new RefGlob("main")), List.of(new RefGlob("**")), List.of(new RefGlob("refs/heads/*")));
    private static final Ref MAIN = new Ref(Ref.Kind.BRANCH, "main");
    private static final Ref NEXT = new Ref(Ref.Kind.BRANCH, "next");
    private static final List<Resource> RESOURCES = resources();

    private static WrittenPolicy makers;
    private static WrittenPolicy keys;

    @BeforeAll
    static void readPolicies() throws Exception {
        makers = WrittenPolicy.read();
        keys = WrittenPolicy.read("deploy-key-policy.txt");
    }

    @Test
    void theTableSpeaksOfEveryVerb() {
        assertEquals(new HashSet<>(Stream.of(Verb.values()).map(Verb::label).toList()), new HashSet<>(keys.verbs()));
        assertEquals(
                Stream.concat(Stream.of("every"), Stream.of(DeployVerb.values()).map(DeployVerb::label))
                        .toList(),
                keys.roles());
    }

    @ParameterizedTest
    @EnumSource
    void everyCellIsAsWritten(Verb verb) {
        int asked = 0;
        for (Set<DeployVerb> verbs : someOf(DeployVerb.values())) {
            for (List<RefGlob> refs : REFS) {
                DeployScope scope = new DeployScope(verbs, refs, List.of(), Instant.MAX, DeployQuotas.NONE);
                for (List<Grant> grants : AccessPolicyTest.grantLists()) {
                    for (boolean locked : new boolean[] {false, true}) {
                        Identity maker = new Identity("ann", Identity.Kind.PERSON, grants, locked);
                        Identity member = new Identity("ann", Identity.Kind.PERSON, List.of(), locked);
                        Group group = new Group("devs", List.of("ann"), grants);
                        Principal byOwn = key(scope).principal(new Principal(maker, List.of(), Credential.UNBOUNDED));
                        Principal byGroup =
                                key(scope).principal(new Principal(member, List.of(group), Credential.UNBOUNDED));
                        for (Resource what : RESOURCES) {
                            boolean expected = expected(scope, maker, verb.label(), what);
                            for (Principal who : List.of(byOwn, byGroup)) {
                                assertEquals(
                                        expected,
                                        Access.decide(who, verb, what).allowed(),
                                        () -> who + " " + verb + " " + what);
                                asked++;
                            }
                        }
                    }
                }
            }
        }
        assertTrue(asked > 50_000, "asked " + asked);
    }

    private static boolean expected(DeployScope scope, Identity maker, String verb, Resource what) {
        String further = makers.andOnProtected(verb);
        boolean isProtected = what instanceof Resource.Submission submission && submission.protectedRef();
        return allowed(scope, maker, verb, what)
                && (!isProtected || further.equals("-") || both(scope, maker, further, what));
    }

    private static boolean allowed(DeployScope scope, Identity maker, String verb, Resource what) {
        boolean own =
                what instanceof Resource.Build build && build.submittedBy().equals(ME)
                        || what.equals(new Resource.Key(ME));
        if (maker.locked() || (makers.onlyOnOwn(verb) && !own)) {
            return false;
        }
        String weaker = makers.elseOnOwn(verb);
        return both(scope, maker, verb, what) || (own && !weaker.equals("-") && both(scope, maker, weaker, what));
    }

    private static boolean both(DeployScope scope, Identity maker, String verb, Resource what) {
        return inScope(scope, verb, what) && AccessPolicyTest.granted(makers, maker, verb, what);
    }

    private static boolean inScope(DeployScope scope, String verb, Resource what) {
        List<String> columns = new ArrayList<>(List.of("every"));
        scope.verbs().forEach(each -> columns.add(each.label()));
        return columns.stream().anyMatch(column -> switch (keys.rows().get(verb).get(column)) {
            case "-" -> false;
            case "yes" -> inProject(what);
            case "ref" -> inProject(what) && (scope.refs().isEmpty() || covered(scope, what));
            case "named" -> inProject(what) && named(scope) && covered(scope, what);
            default -> throw new AssertionError(verb + " " + column);
        });
    }

    private static boolean inProject(Resource what) {
        return AccessPolicyTest.speaksOf(PROJECT, what, true);
    }

    /** Of the few lists of globs, one names a branch; the others cover every one. */
    private static boolean covered(DeployScope scope, Resource what) {
        Optional<Ref> ref = what instanceof Resource.Submission submission
                ? submission.ref()
                : what instanceof Resource.Build build ? build.ref() : Optional.empty();
        return named(scope) ? ref.equals(Optional.of(MAIN)) : ref.isPresent();
    }

    private static boolean named(DeployScope scope) {
        return scope.refs().equals(List.of(new RefGlob("main")));
    }

    private static List<Resource> resources() {
        List<Resource> all = new ArrayList<>(
                List.of(new Resource.Gateway(), new Resource.Key(ME), new Resource.Key("ann"), new Resource.Key("")));
        for (String project : List.of(PROJECT, "other")) {
            all.add(new Resource.Project(project));
            for (Optional<Ref> ref : List.of(Optional.<Ref>empty(), Optional.of(MAIN), Optional.of(NEXT))) {
                all.add(new Resource.Submission(project, ref, false));
                all.add(new Resource.Submission(project, ref, ref.isPresent()));
                all.add(new Resource.Build(project, ME, ref));
                all.add(new Resource.Build(project, "ann", ref));
            }
        }
        return List.copyOf(all);
    }

    /** Every set that is not empty. */
    private static List<Set<DeployVerb>> someOf(DeployVerb... verbs) {
        List<Set<DeployVerb>> sets = new ArrayList<>();
        for (int bits = 1; bits < 1 << verbs.length; bits++) {
            Set<DeployVerb> set = EnumSet.noneOf(DeployVerb.class);
            for (DeployVerb verb : verbs) {
                if ((bits & 1 << verb.ordinal()) != 0) {
                    set.add(verb);
                }
            }
            sets.add(set);
        }
        return sets;
    }

    private static DeployKey key(DeployScope scope) {
        PublicKeyRecord key = new PublicKeyRecord("SHA256:x", ME, "ssh-ed25519", "", "", Instant.EPOCH);
        return new DeployKey(key, PROJECT, "ci", Optional.of("ann"), scope);
    }
}
