package io.sallyport.builds.variable;

import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Work.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Variables whose values refer to each other: {@code $NAME} and {@code ${NAME}} stand for the value of that variable,
 * {@code $$} for a dollar sign; what is not defined is empty. A variable that refers to itself keeps that reference as
 * it is written, as do variables that go in a circle, and those that would grow beyond the bounds. Not for several
 * threads at once.
 */
public final class Expansion {
    /** The longest value, in characters. */
    public static final int LONGEST = 64 * 1024;

    /** The most characters of all values together. */
    public static final int LARGEST = 2 * 1024 * 1024;

    /** How far references may lead from one variable to the next. */
    public static final int DEEPEST = 50;

    private final Map<String, Variable> variables;
    private final Map<String, String> values = new HashMap<>();
    private final SequencedSet<String> open = new LinkedHashSet<>();
    private final Set<String> cut = new HashSet<>();
    private int characters;
    private int kept;

    /** These variables; of several of one name the stronger has replaced the weaker already. */
    public Expansion(Map<String, Variable> variables) {
        this.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /**
     * The variables of a job, from the weakest to the strongest.
     *
     * @param predefined what the gateway says of the build, as it is
     * @param ofJob the spec's
     * @param stronger what replaces these, as it is: of reports of earlier jobs, of the project, of the submitter
     */
    @SafeVarargs
    public static Expansion of(
            Map<String, String> predefined, Map<String, Variable> ofJob, Map<String, String>... stronger) {
        Map<String, Variable> all = new LinkedHashMap<>();
        predefined.forEach((name, value) -> all.put(name, new Variable(value, false)));
        all.putAll(ofJob);
        for (Map<String, String> more : stronger) {
            more.forEach((name, value) -> all.put(name, new Variable(value, false)));
        }
        return new Expansion(all);
    }

    /**
     * The variables of a job that starts, from the weakest to the strongest; also what its image and environment give
     * ({@code CI_JOB_IMAGE}, {@code CI_ENVIRONMENT_NAME}, {@code …_SLUG}, {@code …_URL}).
     *
     * @param predefined what the gateway says of the build, as it is
     * @param stronger what replaces the spec's variables, as it is: of reports of earlier jobs, of the project, of the
     *     submitter
     */
    @SafeVarargs
    public static Expansion ofJob(Map<String, String> predefined, JobSpec job, Map<String, String>... stronger) {
        Map<String, Variable> own = new LinkedHashMap<>();
        job.work().image().ifPresent(image -> own.put("CI_JOB_IMAGE", Variable.of(image.name())));
        job.environment().ifPresent(where -> own.put("CI_ENVIRONMENT_NAME", Variable.of(where.name())));
        job.environment()
                .flatMap(JobSpec.Environment::url)
                .ifPresent(url -> own.put("CI_ENVIRONMENT_URL", Variable.of(url)));
        own.putAll(job.work().variables());
        if (job.environment().isPresent()) {
            String name =
                    of(predefined, own, stronger).expand(job.environment().get().name());
            own.putIfAbsent("CI_ENVIRONMENT_SLUG", new Variable(PredefinedVariables.environmentSlug(name), false));
        }
        return of(predefined, own, stronger);
    }

    /** The same with further variables, which are stronger. */
    public Expansion with(Map<String, Variable> stronger) {
        if (stronger.isEmpty()) {
            return this;
        }
        Map<String, Variable> all = new LinkedHashMap<>(variables);
        all.putAll(stronger);
        return new Expansion(all);
    }

    /** The value of a variable; empty when it is not defined. */
    public Optional<String> value(String name) {
        Variable variable = variables.get(name);
        if (variable == null) {
            return Optional.empty();
        }
        if (!variable.expand()) {
            return Optional.of(variable.value());
        }
        String known = values.get(name);
        return Optional.of(known == null ? resolve(name, variable.value()) : known);
    }

    /** All values, in the order of the variables. */
    public Map<String, String> values() {
        Map<String, String> all = new LinkedHashMap<>();
        variables.forEach((name, variable) -> all.put(name, value(name).orElseThrow()));
        return all;
    }

    /** A text with the values in place of the references. */
    public String expand(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        Reference.each(text, new Reference.Reader() {
            @Override
            public void words(String words) {
                out.append(words);
            }

            @Override
            public void reference(String name, String written) {
                append(out, name, written);
            }
        });
        return out.toString();
    }

    /** All of the texts, expanded. */
    public List<String> expand(List<String> texts) {
        return texts.stream().map(this::expand).toList();
    }

    /** Variables whose values are larger than the bounds, and not expanded further; known after {@link #values}. */
    public Set<String> cut() {
        return Collections.unmodifiableSet(cut);
    }

    private void append(StringBuilder out, String name, String written) {
        boolean full = out.length() > LONGEST || characters > LARGEST;
        if (open.contains(name) || open.size() > DEEPEST || full) {
            if (!open.isEmpty() && !open.contains(name)) {
                cut.add(open.getFirst());
            }
            kept++;
            out.append(written);
            return;
        }
        out.append(value(name).orElse(""));
    }

    private String resolve(String name, String text) {
        int before = kept;
        open.add(name);
        String value = expand(text);
        open.remove(name);
        if (kept == before || open.isEmpty()) { // what was resolved inside of a circle is not the whole truth
            values.put(name, value);
        }
        characters += value.length();
        return value;
    }

    /**
     * Variables that refer to each other in a circle, from one to itself; one that refers to itself is twice in its own. Not
     * all circles, when some have variables in common, but at least one of these.
     */
    public List<List<String>> circles() {
        Set<String> done = new HashSet<>();
        return variables.keySet().stream()
                .map(name -> circle(name, new ArrayList<>(), done))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<List<String>> circle(String name, List<String> way, Set<String> done) {
        int first = way.indexOf(name);
        if (first >= 0) {
            List<String> circle = new ArrayList<>(way.subList(first, way.size()));
            circle.add(name);
            return Optional.of(circle);
        }
        Variable variable = variables.get(name);
        if (variable == null || !variable.expand() || way.size() > DEEPEST || done.contains(name)) {
            return Optional.empty();
        }
        way.add(name);
        Set<String> names = names(variable.value());
        Optional<List<String>> found = names.stream()
                .map(next -> circle(next, way, done))
                .flatMap(Optional::stream)
                .findFirst();
        way.removeLast();
        done.add(name);
        return found;
    }

    private static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        Reference.each(text, new Reference.Reader() {
            @Override
            public void words(String words) {
                // Only the names count.
            }

            @Override
            public void reference(String name, String written) {
                names.add(name);
            }
        });
        return names;
    }
}
