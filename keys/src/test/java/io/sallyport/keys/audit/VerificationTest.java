package io.sallyport.keys.audit;

import static io.sallyport.keys.audit.LogFolder.SMALL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.keys.HostKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private LogFolder log;
    private Checkpoint kept;

    @BeforeEach
    void aLogOfSeveralSegments(@TempDir Path home) throws Exception {
        log = LogFolder.in(home);
        try (AuditLog audit = log.open(SMALL)) {
            for (int i = 0; i < 30; i++) {
                audit.tell(LogFolder.asked("PUT /projects/" + i));
            }
            kept = audit.checkpoint();
        }
        assertTrue(log.numbers().size() > 3);
    }

    @Test
    void aLogThatNobodyTouchedIsSound() throws Exception {
        Verification.Sound sound = sound(Optional.of(kept), log.path());

        assertEquals(1, sound.first());
        assertEquals(log.lines().size(), sound.last());
        assertEquals(log.numbers().size(), sound.files());
        assertEquals(2, sound.checkpoints());
        assertEquals(sound.last() - 1, sound.lastSigned());
        assertEquals(List.of(log.key().publicLine()), sound.signers());
    }

    @Test
    void whileItIsWrittenTooAndSegmentsAloneToo() throws Exception {
        try (AuditLog audit = log.open(SMALL)) {
            audit.commit(LogFolder.asked("PUT /projects/x"));
            assertEquals(
                    audit.end().sequence(), sound(Optional.of(kept), log.path()).last());
        }

        assertEquals(
                Line.read(LogFolder.lines(log.segment(2)).getFirst())
                        .orElseThrow()
                        .sequence(),
                sound(Optional.empty(), log.segment(2), log.segment(3)).first());
    }

    @RepeatedTest(100)
    void anyFlippedBitIsFoundOnItsLine(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Integer> numbers = log.numbers();
        Path file = log.segment(numbers.get(random.nextInt(numbers.size())));
        byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(bytes.length);
        long line = 1
                + new String(bytes, 0, at, StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);

        Verification.Fault fault = fault(Optional.empty(), log.path());

        assertEquals(file, fault.file());
        assertEquals(line, fault.line());
    }

    @Test
    void aRecordThatWasChangedWithCareIsFoundByTheNext() throws Exception {
        List<String> lines = lines(2);
        Line changed = Line.read(lines.get(2).getBytes(StandardCharsets.UTF_8)).orElseThrow();
        var fields = changed.json().<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy();
        fields.put("identity", "somebody-else").remove(List.of("seq", "time", "mono", "prev", "crc"));
        byte[] forged = Line.make(
                new ChainEnd(changed.sequence() - 1, changed.previous()),
                changed.time(),
                changed.json().path("mono").asLong(),
                fields);
        lines.set(2, new String(forged, StandardCharsets.UTF_8));
        Files.write(log.segment(2), lines);

        Verification.Fault fault = fault(Optional.empty(), log.path());

        assertEquals(4, fault.line());
        assertTrue(fault.what().contains("record " + changed.sequence() + ": one of them was changed"), fault.what());
    }

    @Test
    void swappedRecordsAreFound() throws Exception {
        List<String> lines = lines(2);
        Collections.swap(lines, 1, 2);
        Files.write(log.segment(2), lines);

        Verification.Fault fault = fault(Optional.empty(), log.path());

        assertEquals(2, fault.line());
        assertTrue(fault.what().contains("stands where"), fault.what());
    }

    @Test
    void aCutInTheMiddleIsFound() throws Exception {
        List<String> lines = lines(2);
        lines.remove(2);
        Files.write(log.segment(2), lines);

        assertEquals(3, fault(Optional.empty(), log.path()).line());
    }

    @Test
    void aCutAtTheEndOfASegmentIsFoundInTheNext() throws Exception {
        List<String> lines = lines(2);
        lines.removeLast();
        Files.write(log.segment(2), lines);

        Verification.Fault fault = fault(Optional.empty(), log.path());

        assertEquals(log.segment(3), fault.file());
        assertEquals(1, fault.line());
    }

    @Test
    void aMissingSegmentIsFound() throws Exception {
        Files.delete(log.segment(2));
        assertEquals(log.segment(3), fault(Optional.empty(), log.path()).file());

        Files.delete(log.segment(1));
        assertTrue(fault(Optional.empty(), log.path()).what().contains("are missing"));
    }

    @Test
    void aRollBackIsFoundByACheckpointKeptElsewhere() throws Exception {
        Files.delete(log.segment(log.numbers().getLast()));
        Files.delete(log.segment(log.numbers().getLast()));
        sound(Optional.empty(), log.path());

        Verification.Fault fault = fault(Optional.of(kept), log.path());

        assertTrue(fault.what().contains("cut off at the end"), fault.what());
    }

    @Test
    void aLogWrittenAnewIsFoundByACheckpointKeptElsewhere(@TempDir Path other) throws Exception {
        LogFolder anew = new LogFolder(other, log.key());
        try (AuditLog audit = anew.open(SMALL)) {
            for (int i = 0; i < 40; i++) {
                audit.tell(LogFolder.asked("PUT /projects/" + i));
            }
        }

        Verification.Fault fault = fault(Optional.of(kept), anew.path());

        assertTrue(fault.what().contains("written anew"), fault.what());
    }

    @Test
    void aForgedCheckpointIsFound(@TempDir Path other) throws Exception {
        HostKey stranger = HostKey.make(other.resolve("key"));
        Checkpoint forged = Checkpoint.of(kept.place(), Clock.systemUTC().instant(), stranger);

        assertEquals(Optional.empty(), kept.faultBy(log.key().publicLine()));
        assertEquals(
                Optional.of("it is by another key"), forged.faultBy(log.key().publicLine()));
        Checkpoint moved = new Checkpoint(
                kept.place(), kept.time(), kept.statement().replace("2026", "2025"), kept.signature(), kept.key());
        assertEquals(Optional.of("the message is not the one that was signed"), moved.fault());
    }

    @Test
    void aRecordThatIsBeingWrittenIsNoFaultButOtherBytesAre() throws Exception {
        Path last = log.segment(log.numbers().getLast());
        Files.writeString(last, "{\"seq\":99,\"ti", StandardOpenOption.APPEND);
        assertEquals(13, sound(Optional.empty(), log.path()).unfinished());

        Files.writeString(last, "\0", StandardOpenOption.APPEND);
        assertEquals(14, sound(Optional.empty(), log.path()).unfinished());

        Files.writeString(log.segment(1), "{\"seq\":99,\"ti", StandardOpenOption.APPEND);
        assertEquals(log.segment(1), fault(Optional.empty(), log.path()).file());
    }

    @Test
    void whatRetentionHasRemovedIsProvedByTheRest(@TempDir Path other) throws Exception {
        LogFolder short4 = LogFolder.in(other);
        AuditSettings few = new AuditSettings(2500, Duration.ofDays(1), 4, Duration.ofDays(9));
        try (AuditLog audit = short4.open(few)) {
            for (int i = 0; i < 60; i++) {
                audit.commit(LogFolder.asked("PUT /projects/" + i));
            }
        }
        assertTrue(short4.numbers().size() <= 5 && short4.numbers().getFirst() > 5, () -> numbers(short4));
        assertTrue(sound(Optional.empty(), short4.path()).first() > 20);

        Files.delete(short4.segment(short4.numbers().getFirst()));

        assertTrue(fault(Optional.empty(), short4.path()).what().contains("no record says that they were removed"));
    }

    @Test
    void oldSegmentsAreRemovedByTheirAge(@TempDir Path other) throws Exception {
        LogFolder aging = LogFolder.in(other);
        SetClock clock = new SetClock();
        AuditSettings days = new AuditSettings(1 << 20, Duration.ofDays(1), 100, Duration.ofDays(9));
        try (AuditLog audit = aging.open(days, clock)) {
            for (int day = 0; day < 30; day++) {
                audit.commit(LogFolder.asked("PUT /projects/" + day));
                clock.advance(Duration.ofDays(1));
            }
        }

        List<Integer> kept = aging.numbers();
        assertEquals(30, kept.getLast() - 1);
        assertTrue(kept.size() >= 9 && kept.size() <= 12, kept::toString);
        sound(Optional.empty(), aging.path());
    }

    private static String numbers(LogFolder log) {
        try {
            return log.numbers().toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private List<String> lines(int segment) throws IOException {
        return new ArrayList<>(Files.readAllLines(log.segment(segment)));
    }

    private static Verification.Sound sound(Optional<Checkpoint> checkpoint, Path... places) throws IOException {
        return assertInstanceOf(Verification.Sound.class, Verification.of(List.of(places), checkpoint));
    }

    private static Verification.Fault fault(Optional<Checkpoint> checkpoint, Path... places) throws IOException {
        return assertInstanceOf(Verification.Fault.class, Verification.of(List.of(places), checkpoint));
    }
}
