import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Gives the classes of a jar the format of Java 25, in place: the JVM keeps none in its AOT cache that has a format from
 * before Java 6, as those of picocli have, and checks these by a slower way. What they do does not change.
 *
 * <p>Run by the build: {@code java bin/ModernClasses.java JAR}.
 */
final class ModernClasses {
    private static final int FIRST_WITH_STACK_MAPS = 50;

    private ModernClasses() {}

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        Path made = jar.resolveSibling(jar.getFileName() + ".part");
        try (JarFile from = new JarFile(jar.toFile());
                URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
                OutputStream file = Files.newOutputStream(made);
                JarOutputStream to = new JarOutputStream(file)) {
            ClassFile classes = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (JarEntry entry : (Iterable<JarEntry>) from.stream()::iterator) {
                try (InputStream in = from.getInputStream(entry)) {
                    JarEntry copy = new JarEntry(entry.getName());
                    copy.setTime(entry.getTime());
                    to.putNextEntry(copy);
                    to.write(entry.getName().endsWith(".class") ? modern(classes, in.readAllBytes()) : in.readAllBytes());
                }
            }
        }
        Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] modern(ClassFile classes, byte[] bytes) {
        int version = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
        if (version >= FIRST_WITH_STACK_MAPS) {
            return bytes;
        }
        ClassTransform newer = ClassTransform.dropping(element -> element instanceof ClassFileVersion)
                .andThen(ClassTransform.endHandler(to -> to.withVersion(ClassFile.latestMajorVersion(), 0)))
                // Touched, so that their stack maps are made.
                .andThen(ClassTransform.transformingMethodBodies((to, element) -> to.with(element)));
        return classes.transformClass(classes.parse(bytes), newer);
    }
}
