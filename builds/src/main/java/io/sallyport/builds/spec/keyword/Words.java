package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads values that are one of some words, the names of an enum in small letters. */
public final class Words {
    private Words() {}

    /** The one that is meant; a dash in place of the underscore is taken, with a notice. */
    public static <E extends Enum<E>> Optional<E> read(String key, Value value, List<E> known, Report report) {
        Optional<String> text = Expected.text(key, value, report);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String word = text.get();
        Optional<E> exact = find(word, known);
        if (exact.isPresent()) {
            return exact;
        }
        Optional<E> meant = find(word.replace('-', '_'), known);
        if (meant.isPresent()) {
            report.notice(
                    value.place(),
                    key + ": " + Shown.word(word) + " is taken for '" + written(meant.get())
                            + "'; GitLab would refuse it");
        } else {
            Expected.unknownWord(key, word, known.stream().map(Words::written).toList(), value.place(), report);
        }
        return meant;
    }

    private static <E extends Enum<E>> Optional<E> find(String word, List<E> known) {
        return known.stream().filter(one -> written(one).equals(word)).findFirst();
    }

    private static String written(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
