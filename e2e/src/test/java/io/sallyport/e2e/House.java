package io.sallyport.e2e;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** All classes of the product, read from their files and never loaded. */
final class House {
    /** The package that all of them are in. */
    static final String NAME = "io.sallyport";

    /** The modules, by the names of their packages. */
    static final List<String> MODULES = List.of("builds", "client", "database", "gateway", "handlers", "keys");

    /** Without tests. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(NAME);

    private House() {}

    /** The module's package and all below it, as ArchUnit writes it. */
    static String in(String module) {
        return NAME + "." + module + "..";
    }
}
