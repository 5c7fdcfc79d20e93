package io.sallyport.e2e;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All classes of the product, read from their files and never loaded. */
final class House {
    /** The package that all of them are in. */
    static final String NAME = "io.sallyport";

    /** The modules, by the names of their packages. */
    static final List<String> MODULES = List.of("builds", "client", "database", "gateway", "handlers", "keys");

    /** Without tests. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importLocations(locations());

    private House() {}

    /** Those on the class path, and the client's transport that is on none until it is asked for. */
    private static Set<Location> locations() {
        Set<Location> all = new HashSet<>(Locations.ofPackage(NAME));
        all.add(Location.of(Repository.ROOT.resolve("client-cli/target/classes/io/sallyport/client/mina")));
        return all;
    }

    /** The module's package and all below it, as ArchUnit writes it. */
    static String in(String module) {
        return NAME + "." + module + "..";
    }
}
