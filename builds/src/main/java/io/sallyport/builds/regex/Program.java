package io.sallyport.builds.regex;

import java.util.ArrayList;
import java.util.List;

/** A pattern as steps of a machine. */
final class Program {
    private final List<Step> steps = new ArrayList<>();

    private Program() {}

    /** One step of the machine. */
    sealed interface Step {
        /** Takes a character. */
        record Take(CharClass of) implements Step {}

        /** Goes on at both places, the first preferred. */
        record Fork(int first, int second) implements Step {}

        /** Goes on elsewhere. */
        record Jump(int to) implements Step {}

        /** Remembers the place in a slot. */
        record Save(int slot) implements Step {}

        /** Goes on if the place is one of these. */
        record Check(Node.Spot spot) implements Step {}

        /** Goes on if that matches here, or does not. */
        record Look(Program ahead, boolean negative) implements Step {}

        /** The whole has matched. */
        record Done() implements Step {}
    }

    /** Of a pattern whose {@link Extent} was checked. */
    static Program of(Node pattern) {
        Program program = new Program();
        program.emit(pattern);
        program.add(new Step.Done());
        return program;
    }

    Step step(int at) {
        return steps.get(at);
    }

    int size() {
        return steps.size();
    }

    private void emit(Node node) {
        switch (node) {
            case Node.One one -> add(new Step.Take(one.of()));
            case Node.Sequence sequence -> sequence.parts().forEach(this::emit);
            case Node.Choice choice -> choice(choice.branches());
            case Node.Repeat repeat -> repeat(repeat);
            case Node.Group group
            when group.number() == 1 -> {
                add(new Step.Save(Machine.GROUP_START));
                emit(group.part());
                add(new Step.Save(Machine.GROUP_END));
            }
            case Node.Group group -> emit(group.part());
            case Node.At at -> add(new Step.Check(at.spot()));
            case Node.Ahead ahead -> add(new Step.Look(of(ahead.part()), ahead.negative()));
        }
    }

    private void choice(List<Node> branches) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < branches.size() - 1; i++) {
            int fork = add(new Step.Jump(0));
            emit(branches.get(i));
            ends.add(add(new Step.Jump(0)));
            steps.set(fork, new Step.Fork(fork + 1, steps.size()));
        }
        emit(branches.getLast());
        ends.forEach(end -> steps.set(end, new Step.Jump(steps.size())));
    }

    private void repeat(Node.Repeat repeat) {
        for (int i = 0; i < repeat.least(); i++) {
            emit(repeat.part());
        }
        if (repeat.most() < 0) {
            int fork = add(new Step.Jump(0));
            emit(repeat.part());
            add(new Step.Jump(fork));
            steps.set(fork, fork(repeat, fork + 1, steps.size()));
            return;
        }
        List<Integer> forks = new ArrayList<>();
        for (int i = repeat.least(); i < repeat.most(); i++) {
            forks.add(add(new Step.Jump(0)));
            emit(repeat.part());
        }
        forks.forEach(at -> steps.set(at, fork(repeat, at + 1, steps.size())));
    }

    private static Step fork(Node.Repeat repeat, int into, int behind) {
        return repeat.greedy() ? new Step.Fork(into, behind) : new Step.Fork(behind, into);
    }

    private int add(Step step) {
        steps.add(step);
        return steps.size() - 1;
    }
}
