package io.sallyport.handlers.routes;

import io.sallyport.builds.Nearest;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Method;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Plain;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Route;
import io.sallyport.handlers.ShortForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** {@code GET /help}: what can be typed, made from the table of routes and the short forms. */
final class Help implements Handler {
    private static final int LONGEST_WORD = 200;

    static final Param<String> WORD = Param.text("word", LONGEST_WORD, "a short form, or a part of a path");

    private final Supplier<List<Route>> routes;

    Help(Supplier<List<Route>> routes) {
        this.routes = routes;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        Optional<String> word = request.get(WORD);
        return word.isPresent() ? about(word.get()) : new Response.Text(everything(), ExitStatus.OK);
    }

    private String everything() {
        StringBuilder text = new StringBuilder("""
                Sallyport: a build service with one door, SSH.

                usage:  ssh -p PORT HOST METHOD PATH [name=value ...]
                        ssh -p PORT HOST WORD [name=value ...]
                        ssh -p PORT -t HOST                      the dashboard; dashboard text=true: in lines of text

                A whole build from any checkout, its log as it is made, its result as exit status:
                        git archive HEAD | ssh -p PORT HOST submit PROJECT follow=true

                words (each stands for one request):
                """);
        List<List<String>> words = new ArrayList<>();
        for (ShortForm form : ShortForm.values()) {
            words.add(List.of("  " + form.usage(), form.summary()));
        }
        text.append(Plain.table(words));
        text.append("\nrequests:\n");
        text.append(list(routes.get()));
        return text.append(
                        "\n'help WORD' says more: who may, the body, and the parameters. A WORD is one of the above or a path.\n")
                .toString();
    }

    Response about(String word) {
        Optional<ShortForm> form = shortForm(word);
        if (form.isPresent()) {
            StringBuilder text = new StringBuilder(
                    form.get().usage() + " stands for " + form.get().request() + "\n\n");
            of(route -> form.get().standsFor(route)).forEach(route -> describe(route, text));
            return new Response.Text(text.toString(), ExitStatus.OK);
        }
        Optional<Method> method = method(word);
        if (method.isPresent() && method.get().name().length() == word.length()) {
            return new Response.Text(list(of(route -> route.method() == method.get())), ExitStatus.OK);
        }
        List<Route> found = named(method, method.isPresent() ? word.substring(word.indexOf(' ') + 1) : word);
        if (found.isEmpty()) {
            return new Response.Failed(Problem.notFound("no help about '" + word + "'" + nearest(word)));
        }
        StringBuilder text = new StringBuilder();
        found.forEach(route -> describe(route, text));
        return new Response.Text(text.toString(), ExitStatus.OK);
    }

    /** The short form that the words begin with: what follows it is most likely its argument. */
    private static Optional<ShortForm> shortForm(String words) {
        return Arrays.stream(ShortForm.values())
                .filter(form -> words.equals(form.word()) || words.startsWith(form.word() + " "))
                .findFirst();
    }

    private static Optional<Method> method(String words) {
        return Arrays.stream(Method.values())
                .filter(method -> words.equalsIgnoreCase(method.name())
                        || words.regionMatches(
                                true, 0, method.name() + " ", 0, method.name().length() + 1))
                .findFirst();
    }

    /** The routes of a path or, when it is none, those that have it in theirs. */
    private List<Route> named(Optional<Method> method, String path) {
        List<Route> routes = of(route -> method.isEmpty() || route.method() == method.get());
        List<Route> exact = routes.stream().filter(route -> route.fits(path)).toList();
        return exact.isEmpty()
                ? routes.stream().filter(route -> route.path().contains(path)).toList()
                : exact;
    }

    private List<Route> of(Predicate<Route> wanted) {
        return routes.get().stream().filter(wanted).toList();
    }

    private static String nearest(String word) {
        List<String> known =
                Arrays.stream(ShortForm.values()).map(ShortForm::word).toList();
        return Nearest.to(word, known)
                .map(near -> ", did you mean '" + near + "'?")
                .orElse("; 'help' lists all");
    }

    private static String list(List<Route> routes) {
        return Plain.table(routes.stream()
                .map(route -> List.of("  " + route.method() + " " + route.path(), route.summary()))
                .toList());
    }

    private static void describe(Route route, StringBuilder text) {
        text.append(route.method()).append(' ').append(route.path()).append('\n');
        text.append("  ").append(route.summary()).append('\n');
        text.append("  access: ").append(route.access().label()).append('\n');
        route.body()
                .ifPresent(body -> text.append("  body: ")
                        .append(body.form())
                        .append("\n  example: ")
                        .append(body.example())
                        .append('\n'));
        List<List<String>> rows = new ArrayList<>();
        for (Param<?> param : route.accepted()) {
            rows.add(List.of("  " + param.usage(), param.summary()));
        }
        text.append(Plain.table(rows)).append('\n');
    }
}
