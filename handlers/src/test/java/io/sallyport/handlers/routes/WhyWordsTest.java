package io.sallyport.handlers.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.builds.engine.QueueEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why something waits, in words. */
class WhyWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | all 2 places are taken by unit of build 57 and 1 more",
                "1 | all 2 places are taken by unit of build 57 and 1 more, 1 job comes first",
                "5 | all 2 places are taken by unit of build 57 and 1 more, 5 jobs come first"
            })
    void jobsThatComeFirstAreToldWhereThereAreSome(int before, String words) {
        List<QueueEntry.Holder> holders =
                List.of(new QueueEntry.Holder(57, "web", "unit"), new QueueEntry.Holder(58, "hidden", "unit"));
        QueueEntry entry = new QueueEntry(
                59,
                "web",
                "ann",
                Optional.empty(),
                OptionalInt.of(before + 1),
                Instant.EPOCH,
                0,
                new QueueEntry.PlacesTaken(2, holders, before));

        assertEquals(words, new WhyWords(Set.of("web")).of(entry));
    }
}
