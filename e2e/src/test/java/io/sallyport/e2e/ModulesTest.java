package io.sallyport.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.sallyport.e2e.House.in;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a module may know of the others and of the world. */
class ModulesTest {
    private static final String BUILT_IN_TRANSPORT = House.NAME + ".client.mina..";

    /** The modules that one may use. Whoever is not named is not to be seen: keys and builds never see each other. */
    private static Set<String> allowed(String module) {
        return switch (module) {
            case "database", "client" -> Set.of();
            case "keys", "builds" -> Set.of("database");
            case "handlers" -> Set.of("keys", "builds");
            case "gateway" -> Set.of("handlers", "keys", "builds", "database");
            default -> throw new IllegalArgumentException(module);
        };
    }

    @ParameterizedTest
    @MethodSource("modules")
    void usesOnlyWhatItMay(String module) {
        String[] strangers = House.MODULES.stream()
                .filter(other -> !other.equals(module) && !allowed(module).contains(other))
                .map(House::in)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(in(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(strangers)
                .check(House.CLASSES);
    }

    /** The package of a module itself holds what those below it share. */
    @Test
    void thePackagesBelowAModuleFormNoCycle() {
        slices().matching(House.NAME + ".(*).(*)..").should().beFreeOfCycles().check(House.CLASSES);
    }

    @Test
    void everyClassBelongsToOne() {
        classes()
                .should()
                .resideInAnyPackage(House.MODULES.stream().map(House::in).toArray(String[]::new))
                .check(House.CLASSES);
    }

    @Test
    void onlyTheGatewayHasAnSshServer() {
        noClasses()
                .that()
                .resideOutsideOfPackages(in("gateway"), BUILT_IN_TRANSPORT)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.apache.sshd..").and(not(resideInAPackage("org.apache.sshd.common.."))))
                .check(House.CLASSES);
    }

    @Test
    void onlyTheGatewayAndKeysKnowCryptography() {
        noClasses()
                .that()
                .resideOutsideOfPackages(in("gateway"), in("keys"), BUILT_IN_TRANSPORT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.sshd..", "org.bouncycastle..")
                .check(House.CLASSES);
    }

    /** It is in a jar of its own, with libraries that are on no class path until it is asked for. */
    @Test
    void theBuiltInTransportServesNothingAndNobodyNeedsIt() {
        noClasses()
                .that()
                .resideInAPackage(BUILT_IN_TRANSPORT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.sshd.server..", "org.bouncycastle..", "org.slf4j..")
                .check(House.CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(BUILT_IN_TRANSPORT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BUILT_IN_TRANSPORT)
                .check(House.CLASSES);
    }

    @Test
    void sqlStaysInTheStores() {
        noClasses()
                .that()
                .resideOutsideOfPackages(in("database"), in("keys"), in("builds"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
                .check(House.CLASSES);
    }

    @Test
    void handlersStartNoThreads() {
        noClasses()
                .that()
                .resideInAPackage(in("handlers"))
                .should()
                .dependOnClassesThat(assignableTo(Executor.class)
                        .or(assignableTo(CompletionStage.class))
                        .or(assignableTo(Thread.Builder.class)))
                .orShould()
                .callConstructorWhere(target(owner(assignableTo(Thread.class))))
                .orShould()
                .callMethodWhere(target(owner(assignableTo(Thread.class))).and(nameMatching("start.*")))
                .check(House.CLASSES);
    }

    @Test
    void testsOfTheWholeLookOnlyFromOutside() {
        JavaClasses here = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages(House.NAME + ".e2e");

        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(House.MODULES.stream().map(House::in).toArray(String[]::new))
                .check(here);
    }

    private static Iterable<String> modules() {
        return House.MODULES;
    }
}
