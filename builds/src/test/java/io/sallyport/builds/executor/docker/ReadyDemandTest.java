package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which containers are worth having ready. */
class ReadyDemandTest {
    private static final Images.Found A = image("a", "1");
    private static final Images.Found B = image("b", "1");

    private final ReadyDemand demand = new ReadyDemand(new ReadySettings(4, 100, Duration.ofSeconds(10), 1));
    private final List<ReadyContainer> there = new ArrayList<>();

    private static Images.Found image(String name, String id) {
        return new Images.Found(name, id, Optional.empty(), false, false, false);
    }

    private void used(Images.Found... images) {
        List.of(images).forEach(image -> demand.used(image, 0));
    }

    /** Makes what is lacking, and tells of which images that is. */
    private String filled(long bytes) {
        StringBuilder made = new StringBuilder();
        for (Optional<Images.Found> next = demand.lacking(there); next.isPresent(); next = demand.lacking(there)) {
            demand.weighed(next.get(), bytes);
            there.add(new ReadyContainer(null, next.get(), "", bytes));
            made.append(next.get().name());
        }
        return made.toString();
    }

    @Test
    void eachImageHasTheShareThatItHadInTheLastJobs() {
        assertEquals("", filled(1));
        used(B, A, A, B, A);
        assertEquals("aaab", filled(1));
        assertEquals(Optional.empty(), demand.surplus(there));
    }

    @Test
    void whatTheLastJobsDidNotUseIsTooMuch() {
        used(A, A, A, A);
        filled(1);
        used(B, B);
        there.remove(demand.surplus(there).orElseThrow());
        there.remove(demand.surplus(there).orElseThrow());
        assertEquals(Optional.empty(), demand.surplus(there));
        assertEquals("bb", filled(1));
    }

    @Test
    void memoryIsNotExceededOnceItIsKnown() {
        used(A, A, A);
        assertEquals("aa", filled(50));
        assertEquals(Optional.empty(), demand.surplus(there));
        there.add(new ReadyContainer(null, B, "", 1));
        used(B);
        assertEquals(B, demand.surplus(there).orElseThrow().image());
    }

    @Test
    void aNewImageTakesItsNamesPlace() {
        used(A, A, B);
        filled(1);
        used(image("a", "2"));
        assertEquals(A, demand.surplus(there).orElseThrow().image());
        there.removeIf(each -> each.image().equals(A));
        assertEquals("a", filled(1));
    }

    @Test
    void whatWasUsedTooLongAgoIsNot() {
        demand.used(A, 0);
        demand.used(B, Duration.ofSeconds(5).toNanos());
        demand.age(Duration.ofSeconds(10).toNanos());
        assertEquals(
                Optional.of(Duration.ofSeconds(5)),
                demand.untilNextIsOld(Duration.ofSeconds(10).toNanos()));
        assertEquals("b", filled(1));
        demand.forget(B);
        assertEquals(B, demand.surplus(there).orElseThrow().image());
    }
}
