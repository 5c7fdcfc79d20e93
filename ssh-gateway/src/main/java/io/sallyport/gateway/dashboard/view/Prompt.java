package io.sallyport.gateway.dashboard.view;

import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Tone;
import java.util.Map;
import java.util.function.Function;

/** A question in the last lines. Used by one thread at a time. */
public sealed interface Prompt {
    /** What is asked. */
    String question();

    /** Draws it in a line. */
    void draw(Area line);

    /** What a key does: {@link Step.Unknown} while the question is open, and {@link Step.Stay} when it was taken back. */
    Step key(Key key);

    /** Asks for a key. */
    final class Choice implements Prompt {
        private final String question;
        private final Map<Character, Step> answers;

        /** Each answer is a key with what it leads to; the question names them. */
        public Choice(String question, Map<Character, Step> answers) {
            this.question = question;
            this.answers = answers;
        }

        @Override
        public String question() {
            return question;
        }

        @Override
        public void draw(Area line) {
            line.fit(0, 0, line.width(), " " + question, Tone.STRONG);
        }

        @Override
        public Step key(Key key) {
            for (Map.Entry<Character, Step> answer : answers.entrySet()) {
                if (key.is(answer.getKey())) {
                    return answer.getValue();
                }
            }
            return key.name() == Key.Name.ESCAPE ? new Step.Stay() : new Step.Unknown();
        }
    }

    /** Asks for a line of text. */
    final class Text implements Prompt {
        private static final int MOST = 200;

        private final String question;
        private final Function<String, Step> answer;
        private final StringBuilder typed = new StringBuilder();

        /** {@code answer} says what a text leads to. */
        public Text(String question, Function<String, Step> answer) {
            this.question = question;
            this.answer = answer;
        }

        @Override
        public String question() {
            return question;
        }

        @Override
        public void draw(Area line) {
            int room = Math.max(4, line.width() - Area.length(question, line.width()) - 4);
            int from = 0;
            while (Area.length(typed.substring(from), MOST * 2) > room) {
                from = typed.offsetByCodePoints(from, 1);
            }
            int at = line.put(0, 0, " " + question + " ", Tone.STRONG);
            at = line.put(at, 0, typed.substring(from), Tone.PLAIN);
            line.put(at, 0, " ", Tone.CHOSEN);
        }

        @Override
        public Step key(Key key) {
            return switch (key.name()) {
                case ENTER -> answer.apply(typed.toString().strip());
                case ESCAPE -> new Step.Stay();
                case BACKSPACE -> {
                    if (!typed.isEmpty()) {
                        typed.delete(typed.offsetByCodePoints(typed.length(), -1), typed.length());
                    }
                    yield new Step.Unknown();
                }
                case KILL -> {
                    typed.setLength(0);
                    yield new Step.Unknown();
                }
                case CHARACTER, PASTED -> {
                    if (typed.length() < MOST) {
                        typed.appendCodePoint(key.character());
                    }
                    yield new Step.Unknown();
                }
                case UP,
                        DOWN,
                        LEFT,
                        RIGHT,
                        PAGE_UP,
                        PAGE_DOWN,
                        HOME,
                        END,
                        TAB,
                        BACK_TAB,
                        REDRAW,
                        INTERRUPT,
                        END_OF_INPUT -> new Step.Unknown();
            };
        }
    }
}
