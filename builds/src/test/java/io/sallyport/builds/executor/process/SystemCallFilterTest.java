package io.sallyport.builds.executor.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter's decisions, by a machine that runs its program as the kernel does. */
class SystemCallFilterTest {
    private static final int ALLOW = 0x7fff0000;
    private static final int ENOSYS = 0x00050026;
    private static final int KILL = 0x80000000;

    private static int decide(String machine, int audit, int number) {
        ByteBuffer program = ByteBuffer.wrap(
                        SystemCallFilter.of(machine).orElseThrow().program())
                .order(ByteOrder.nativeOrder());
        int accumulator = 0;
        for (int at = 0; ; at++) {
            int code = program.getShort(8 * at);
            int then = program.get(8 * at + 2) & 0xff;
            int otherwise = program.get(8 * at + 3) & 0xff;
            int value = program.getInt(8 * at + 4);
            switch (code) {
                case 0x20 -> accumulator = value == 0 ? number : audit;
                case 0x15 -> at += accumulator == value ? then : otherwise;
                case 0x35 -> at += Integer.compareUnsigned(accumulator, value) >= 0 ? then : otherwise;
                case 0x06 -> {
                    return value;
                }
                default -> throw new AssertionError("code " + code);
            }
        }
    }

    /** Numbers out of the kernel's own tables: arch/x86/entry/syscalls, include/uapi/asm-generic/unistd.h, arch/arm. */
    @ParameterizedTest
    @CsvSource({
        "amd64, c000003e, 248",
        "amd64, c000003e, 249",
        "amd64, c000003e, 250",
        "amd64, c000003e, 1073741824",
        "amd64, c000003e, 1073742074",
        "amd64, c000003e, -1",
        "amd64, 40000003, 286",
        "amd64, 40000003, 287",
        "amd64, 40000003, 288",
        "x86_64, c000003e, 250",
        "aarch64, c00000b7, 217",
        "aarch64, c00000b7, 218",
        "aarch64, c00000b7, 219",
        "aarch64, 40000028, 309",
        "aarch64, 40000028, 310",
        "aarch64, 40000028, 311",
    })
    void refused(String machine, String audit, int number) {
        assertEquals(ENOSYS, decide(machine, Integer.parseUnsignedInt(audit, 16), number));
    }

    @ParameterizedTest
    @CsvSource({
        "amd64, c000003e, 0", "amd64, c000003e, 247", "amd64, c000003e, 251", "amd64, c000003e, 286",
        "amd64, c000003e, 450", "amd64, 40000003, 248", "amd64, 40000003, 250", "amd64, 40000003, 285",
        "amd64, 40000003, 289", "aarch64, c00000b7, 216", "aarch64, c00000b7, 220", "aarch64, c00000b7, 250",
        "aarch64, 40000028, 219", "aarch64, 40000028, 312",
    })
    void allowed(String machine, String audit, int number) {
        assertEquals(ALLOW, decide(machine, Integer.parseUnsignedInt(audit, 16), number));
    }

    @Test
    void programsOfAnotherArchitectureEnd() {
        assertEquals(KILL, decide("amd64", 0xc00000b7, 0));
        assertEquals(KILL, decide("aarch64", 0xc000003e, 0));
    }

    @Test
    void whereNumbersAreNotKnownThereIsNone() {
        assertEquals(Optional.empty(), SystemCallFilter.of("riscv64"));
    }

    @Test
    void theKernelsLimitIsFarOff() {
        assertTrue(SystemCallFilter.of("amd64").orElseThrow().program().length < 4096 * 8);
    }
}
