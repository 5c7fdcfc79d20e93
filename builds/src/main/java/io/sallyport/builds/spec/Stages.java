package io.sallyport.builds.spec;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.spec.job.Draft;
import io.sallyport.builds.spec.job.GlobalsReader;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import java.util.ArrayList;
import java.util.List;

/** The stages of a spec in their order; one that is not declared is a mistake, unless a file may declare it that is not read. */
final class Stages {
    private final List<String> stages;
    private final boolean open;
    private final Report report;

    private Stages(Spec spec, Report report) {
        this.stages = new ArrayList<>(spec.globals().stages());
        this.open = spec.open();
        this.report = report;
    }

    static List<String> of(Spec spec, Report report) {
        Stages all = new Stages(spec, report);
        for (Draft draft : spec.jobs()) {
            if (!all.stages.contains(draft.base().stage())) {
                all.undeclared(draft, draft.base().stage());
            }
        }
        return List.copyOf(all.stages);
    }

    private void undeclared(Draft draft, String stage) {
        Report about = report.about(draft.name());
        String unknown = "stage " + Shown.word(stage) + " is not among the stages";
        if (open) {
            about.notice(
                    draft.stagePlace(),
                    unknown + " here; it may be in an included file that is not read, and comes last");
            stages.add(stages.indexOf(GlobalsReader.LAST), stage);
        } else {
            about.error(
                    draft.stagePlace(),
                    unknown
                            + Nearest.to(stage, stages)
                                    .map(near -> ", did you mean '" + near + "'?")
                                    .orElse(": " + Shown.sentence(String.join(", ", stages))));
        }
    }
}
