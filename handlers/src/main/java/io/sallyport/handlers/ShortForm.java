package io.sallyport.handlers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;

/** Short forms: each stands for exactly one request. */
public enum ShortForm {
    /** Submits a build. */
    SUBMIT(Method.POST, "/projects/{}/builds", "PROJECT", "build the archive on standard input"),
    /** Reads a log. */
    LOG(Method.GET, "/builds/{}/log", "ID", "the log of a build; -f follows it, as follow=true does") {
        @Override
        public String usage() {
            return "log ID [-f]";
        }
    },
    /** Waits for a build. */
    WAIT(Method.GET, "/builds/{}", "ID", "wait until a build has ended") {
        @Override
        void complete(Map<String, String> parameters) {
            parameters.putIfAbsent("wait", "true");
        }

        @Override
        public String request() {
            return super.request() + " wait=true";
        }
    },
    /** Cancels a build. */
    CANCEL(Method.DELETE, "/builds/{}", "ID", "cancel a build"),
    /** Builds again. */
    RETRY(Method.POST, "/builds/{}/retry", "ID", "build the same source again"),
    /** Starts a job that waits for somebody. */
    START(Method.POST, "/builds/{}/start", "ID", "start a job that waits for somebody, or for a time") {
        @Override
        public String usage() {
            return "start ID JOB";
        }

        @Override
        public String request() {
            return super.request() + " job=JOB";
        }
    },
    /** Goes into a job. */
    SHELL(Method.POST, "/builds/{}/{}/shell", "ID JOB", "a shell in a job; with a terminal: ssh -t"),
    /** Lists builds. */
    LS(Method.GET, "/builds", "", "builds, newest first"),
    /** Shows a build. */
    SHOW(Method.GET, "/builds/{}", "ID", "one build"),
    /** Checks a spec. */
    LINT(Method.POST, "/lint", "", "the plan that the spec on standard input would give"),
    /** Shows the queue. */
    QUEUE(Method.GET, "/queue", "", "what waits, and why"),
    /** Reads what has happened. */
    EVENTS(Method.GET, "/events", "", "what has happened; -f goes on with what happens") {
        @Override
        public String usage() {
            return "events [-f]";
        }
    },
    /** Says who one is. */
    WHOAMI(Method.GET, "/whoami", "", "who you are here, and what you may do"),
    /** Lists one's own keys. */
    KEYS(Method.GET, "/keys", "", "your keys"),
    /** Explains. */
    HELP(Method.GET, "/help", "[WORD]", "this list, or more about a word");

    private final Method method;
    private final String path;
    private final String argument;
    private final String summary;

    ShortForm(Method method, String path, String argument, String summary) {
        this.method = method;
        this.path = path;
        this.argument = argument;
        this.summary = summary;
    }

    /** The word that is typed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How it is typed, with its argument. */
    public String usage() {
        return argument.isEmpty() ? word() : word() + " " + argument;
    }

    /** The request that it stands for. */
    public String request() {
        String target = path;
        for (String word : argument.split(" ")) {
            target = target.replaceFirst("\\{}", Matcher.quoteReplacement(word));
        }
        return method + " " + target;
    }

    /** Whether that is a request for the route. */
    public boolean standsFor(Route route) {
        return route.method() == method
                && route.path().replaceAll("\\{[^}]*}", "{}").equals(path);
    }

    /** One line on what it does. */
    public String summary() {
        return summary;
    }

    /** Parameters that the word itself implies; none for most. */
    void complete(Map<String, String> parameters) {}

    RequestLine expand(List<String> words) throws Param.Malformed {
        List<String> rest = new ArrayList<>(words);
        Map<String, String> parameters = new LinkedHashMap<>();
        if ((this == LOG || this == EVENTS) && rest.remove("-f")) {
            parameters.put("follow", "true");
        }
        if (this == HELP) {
            String asked = String.join(" ", leading(rest));
            if (!asked.isEmpty()) {
                parameters.put("word", asked);
            }
        }
        requireNoOptions(rest);
        String target = path;
        while (target.contains("{}")) {
            if (rest.isEmpty() || rest.getFirst().indexOf('=') >= 0) {
                throw new Param.Malformed("", "'" + word() + "' needs its " + argument + ": " + usage());
            }
            target = target.replaceFirst("\\{}", Matcher.quoteReplacement(rest.removeFirst()));
        }
        if (this == START && !rest.isEmpty() && !rest.getFirst().startsWith("job=")) {
            parameters.put("job", rest.removeFirst());
        }
        if (!rest.isEmpty() && rest.getFirst().indexOf('=') < 0) {
            throw new Param.Malformed("", tooMany(rest.getFirst()));
        }
        RequestLine.parameters(rest, parameters);
        complete(parameters);
        return new RequestLine(method, target, parameters);
    }

    private void requireNoOptions(List<String> words) throws Param.Malformed {
        for (String option : words) {
            if (option.indexOf('=') < 0 && RequestLine.isOption(option)) {
                throw new Param.Malformed(
                        option,
                        "unknown option '" + option + "' of '" + usage() + "'; parameters are of the form name=value, "
                                + "'help " + word() + "' lists them");
            }
        }
    }

    private String tooMany(String word) {
        String takes = argument.isEmpty() ? "nothing" : "one " + argument;
        return "'" + word() + "' takes " + takes + ", and parameters of the form name=value: '" + word
                + "' is too much";
    }

    /** Takes the words before the first parameter off the list. */
    private static List<String> leading(List<String> words) {
        List<String> taken = new ArrayList<>();
        while (!words.isEmpty() && words.getFirst().indexOf('=') < 0) {
            taken.add(words.removeFirst());
        }
        return taken;
    }
}
