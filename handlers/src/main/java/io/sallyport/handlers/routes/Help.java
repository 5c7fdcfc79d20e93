package io.sallyport.handlers.routes;

import io.sallyport.builds.Nearest;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
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
        List<List<String>> lines = new ArrayList<>();
        for (Route route : routes.get()) {
            lines.add(List.of("  " + route.method() + " " + route.path(), route.summary()));
        }
        text.append(Plain.table(lines));
        return text.append("\n'help WORD' says more: who may, and the parameters.\n")
                .toString();
    }

    private Response about(String word) {
        Optional<ShortForm> form = Arrays.stream(ShortForm.values())
                .filter(candidate -> candidate.word().equals(word))
                .findFirst();
        String request = form.map(ShortForm::request).orElse("");
        List<Route> found = routes.get().stream()
                .filter(route ->
                        form.isPresent() ? stands(request, route) : route.path().contains(word))
                .toList();
        if (found.isEmpty()) {
            List<String> known =
                    Arrays.stream(ShortForm.values()).map(ShortForm::word).toList();
            String hint = Nearest.to(word, known)
                    .map(near -> ", did you mean '" + near + "'?")
                    .orElse("");
            return new Response.Failed(Problem.notFound("no help about '" + word + "'" + hint));
        }
        StringBuilder text = new StringBuilder();
        form.ifPresent(short_ -> text.append(short_.usage())
                .append(" stands for ")
                .append(short_.request())
                .append("\n\n"));
        found.forEach(route -> describe(route, text));
        return new Response.Text(text.toString(), ExitStatus.OK);
    }

    private static boolean stands(String request, Route route) {
        String shape = (route.method() + " " + route.path()).replaceAll("\\{[^}]*}", "*");
        return shape.equals(request.replaceAll("PROJECT|ID", "*"));
    }

    private static void describe(Route route, StringBuilder text) {
        text.append(route.method()).append(' ').append(route.path()).append('\n');
        text.append("  ").append(route.summary()).append('\n');
        text.append("  access: ").append(route.access().label()).append('\n');
        if (!route.params().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            for (Param<?> param : route.params()) {
                rows.add(List.of("  " + param.usage(), param.summary()));
            }
            text.append(Plain.table(rows));
        }
        text.append('\n');
    }
}
