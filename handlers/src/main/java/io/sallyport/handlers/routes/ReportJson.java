package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.outward.Report;
import io.sallyport.builds.outward.ReportSettings;
import io.sallyport.builds.outward.Reports;

/** Reports as answers show them: never with a token. What is absent is left out. */
final class ReportJson {
    private final Reports reports;

    ReportJson(Reports reports) {
        this.reports = reports;
    }

    ObjectNode of(Report report) {
        ReportSettings settings = report.settings();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", report.name())
                .put("kind", settings.kind().label())
                .put("url", settings.url().toString());
        settings.repository().ifPresent(repository -> json.put("repository", repository));
        settings.context().ifPresent(context -> json.put("context", context));
        settings.states().forEach(state -> json.withArray("states").add(state.label()));
        json.put("trusted", settings.trusted());
        settings.targetUrl().ifPresent(url -> json.put("targetUrl", url));
        report.secret().ifPresentOrElse(secret -> json.put("secret", secret), () -> json.put("token", "kept"));
        json.put("written", Times.text(report.written()));
        json.put("writtenBy", report.writtenBy());
        reports.forbidden(report).ifPresent(words -> json.put("forbidden", words));
        json.put("waiting", report.waiting());
        course(json, report.course());
        return json;
    }

    private static void course(ObjectNode json, Report.Course course) {
        course.sent().ifPresent(note -> note(json.putObject("sent"), note));
        course.problem().ifPresent(note -> {
            ObjectNode problem = note(json.putObject("problem"), note);
            problem.put("failures", course.failures());
            course.retry().ifPresent(retry -> problem.put("next", Times.text(retry)));
        });
        course.failed().ifPresent(note -> note(json.putObject("failed"), note));
        course.skipped().ifPresent(note -> note(json.putObject("skipped"), note));
    }

    private static ObjectNode note(ObjectNode json, Report.Note note) {
        json.put("at", Times.text(note.at()));
        note.build().ifPresent(build -> json.put("build", build));
        return json.put("reason", note.words());
    }
}
