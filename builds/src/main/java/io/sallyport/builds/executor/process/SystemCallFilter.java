package io.sallyport.builds.executor.process;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which system calls the kernel refuses to a job, as a program for seccomp(2) (classic BPF): those of keyrings, which no
 * namespace parts (keyrings(7)). A machine that runs programs of two architectures numbers its calls by either, so
 * both are looked at.
 *
 * @param architectures whose programs run here
 */
record SystemCallFilter(List<Architecture> architectures) {
    private static final int LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private static final int EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private static final int AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    private static final int RETURN = 0x06; // BPF_RET | BPF_K

    private static final int NUMBER = 0; // offsets in struct seccomp_data
    private static final int ARCHITECTURE = 4;

    private static final int ALLOW = 0x7fff0000;
    private static final int NOT_IMPLEMENTED =
            0x00050000 | 38; // SECCOMP_RET_ERRNO, ENOSYS: as from a kernel without them
    private static final int KILL = 0x80000000; // SECCOMP_RET_KILL_PROCESS

    /** Numbers from here on are those of x32, the same calls under other numbers. */
    private static final int X32 = 0x40000000;

    private static final Path KERNEL_HAS_FILTERS = Path.of("/proc/sys/kernel/seccomp/actions_avail");

    /**
     * How calls are numbered by programs of one kind.
     *
     * @param audit its AUDIT_ARCH of linux/audit.h
     * @param refused numbers of add_key(2), request_key(2) and keyctl(2)
     * @param x32 whether there is a second range of numbers, which is refused whole
     */
    record Architecture(int audit, List<Integer> refused, boolean x32) {
        static final Architecture X86_64 = new Architecture(0xc000003e, List.of(248, 249, 250), true);
        static final Architecture I386 = new Architecture(0x40000003, List.of(286, 287, 288), false);
        static final Architecture AARCH64 = new Architecture(0xc00000b7, List.of(217, 218, 219), false);
        static final Architecture ARM = new Architecture(0x40000028, List.of(309, 310, 311), false);
    }

    /** That of this machine; empty where its kernel has no filters, or its numbers are not known here. */
    static Optional<SystemCallFilter> ofThisMachine() {
        return Files.exists(KERNEL_HAS_FILTERS) ? of(System.getProperty("os.arch")) : Optional.empty();
    }

    /** That of a machine by Java's name for it. */
    static Optional<SystemCallFilter> of(String machine) {
        return switch (machine) {
            case "amd64", "x86_64" ->
                Optional.of(new SystemCallFilter(List.of(Architecture.X86_64, Architecture.I386)));
            case "aarch64" -> Optional.of(new SystemCallFilter(List.of(Architecture.AARCH64, Architecture.ARM)));
            default -> Optional.empty();
        };
    }

    /** The program, an array of {@code struct sock_filter} in this machine's order of bytes. */
    byte[] program() {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(LOAD, ARCHITECTURE));
        for (Architecture each : architectures) {
            List<Line> block = block(each);
            lines.add(new Line(EQUAL, 0, block.size(), each.audit));
            lines.addAll(block);
        }
        lines.add(Line.of(RETURN, KILL));
        ByteBuffer bytes = ByteBuffer.allocate(lines.size() * Line.BYTES).order(ByteOrder.nativeOrder());
        lines.forEach(line -> line.write(bytes));
        return bytes.array();
    }

    /** What is decided for one architecture: each comparison that holds goes to the last line, which refuses. */
    private static List<Line> block(Architecture architecture) {
        List<Line> block = new ArrayList<>();
        block.add(Line.of(LOAD, NUMBER));
        int toTheLast = architecture.refused.size();
        if (architecture.x32) {
            block.add(new Line(AT_LEAST, toTheLast + 1, 0, X32));
        }
        for (int number : architecture.refused) {
            block.add(new Line(EQUAL, toTheLast, 0, number));
            toTheLast--;
        }
        block.add(Line.of(RETURN, ALLOW));
        block.add(Line.of(RETURN, NOT_IMPLEMENTED));
        return block;
    }

    /**
     * One instruction.
     *
     * @param then how many lines are passed over when a comparison holds
     * @param otherwise the same when it does not
     */
    private record Line(int code, int then, int otherwise, int value) {
        static final int BYTES = 8;

        static Line of(int code, int value) {
            return new Line(code, 0, 0, value);
        }

        void write(ByteBuffer to) {
            to.putShort((short) code).put((byte) then).put((byte) otherwise).putInt(value);
        }
    }
}
