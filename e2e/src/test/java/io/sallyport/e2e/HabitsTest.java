package io.sallyport.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** How all of the house is written. */
class HabitsTest {
    private static final DescribedPredicate<JavaField> WRITTEN_AND_STATIC =
            modifier(STATIC).and(not(modifier(SYNTHETIC))).forSubtype();

    @Test
    void nothingStaticChanges() {
        fields().that(WRITTEN_AND_STATIC).should().beFinal().check(House.CLASSES);
    }

    @Test
    void nothingStaticHoldsState() {
        noFields()
                .that(WRITTEN_AND_STATIC)
                .should()
                .haveRawType(assignableTo(ConcurrentMap.class)
                        .or(assignableTo(ExecutorService.class))
                        .or(assignableTo(Lock.class))
                        .or(assignableTo(Thread.class))
                        .or(DescribedPredicate.describe(
                                "atomics", type -> type.getPackageName().equals("java.util.concurrent.atomic"))))
                .check(House.CLASSES);
    }

    @Test
    void classesAreNamedForWhatTheyAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Manager|Helper|Impl)(\\$.*)?")
                .check(House.CLASSES);
    }

    @Test
    void packagesAreNamedForWhatTheyHold() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..manager..", "..helper..", "..impl..")
                .check(House.CLASSES);
    }

    @Test
    void noReflectionOfOurOwn() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect..")
                .check(House.CLASSES);
    }

    @Test
    void onlyTheLaunchedClassesEndTheProcess() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(House.CLASSES);
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        List<String> silent = House.CLASSES.getPackage(House.NAME).getSubpackagesInTree().stream()
                .filter(each -> !each.getClasses().isEmpty())
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();

        assertEquals(List.of(), silent);
    }
}
