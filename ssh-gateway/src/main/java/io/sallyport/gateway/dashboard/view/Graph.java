package io.sallyport.gateway.dashboard.view;

import io.sallyport.gateway.dashboard.house.JobRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The jobs of a build in layers: each is to the right of all that it waits for.
 *
 * @param layers names of jobs, in the order of the plan
 * @param before names of the jobs that each waits for
 */
record Graph(List<List<String>> layers, Map<String, List<String>> before) {
    static Graph of(List<JobRow> jobs) {
        Map<String, List<String>> before = new HashMap<>();
        Map<String, Integer> depth = new HashMap<>();
        List<List<String>> layers = new ArrayList<>();
        List<JobRow> earlier = new ArrayList<>(); // jobs of the stages before
        List<JobRow> stage = new ArrayList<>();
        for (JobRow job : inOrderOfNeeds(jobs)) {
            if (!stage.isEmpty() && !stage.getFirst().stage().equals(job.stage())) {
                earlier.addAll(stage);
                stage.clear();
            }
            stage.add(job);
            List<String> waitsFor = job.needs().orElseGet(() -> last(earlier, before));
            before.put(job.name(), waitsFor);
            int layer = waitsFor.stream()
                    .mapToInt(name -> depth.getOrDefault(name, -1) + 1)
                    .max()
                    .orElse(0);
            depth.put(job.name(), layer);
            while (layers.size() <= layer) {
                layers.add(new ArrayList<>());
            }
            layers.get(layer).add(job.name());
        }
        return new Graph(layers, before);
    }

    /** Of all stages before, those jobs that no other one of them waits for. */
    private static List<String> last(List<JobRow> earlier, Map<String, List<String>> before) {
        Set<String> waitedFor = new HashSet<>();
        earlier.forEach(job -> waitedFor.addAll(before.getOrDefault(job.name(), List.of())));
        return earlier.stream()
                .map(JobRow::name)
                .filter(name -> !waitedFor.contains(name))
                .toList();
    }

    /** A job may need one of its own stage that stands behind it. */
    private static List<JobRow> inOrderOfNeeds(List<JobRow> jobs) {
        Map<String, JobRow> byName = new HashMap<>();
        Map<String, Integer> stages = new HashMap<>();
        for (JobRow job : jobs) {
            byName.put(job.name(), job);
            stages.putIfAbsent(job.stage(), stages.size());
        }
        List<JobRow> sorted = jobs.stream()
                .sorted((one, other) ->
                        Integer.compare(stages.getOrDefault(one.stage(), 0), stages.getOrDefault(other.stage(), 0)))
                .toList();
        List<JobRow> ordered = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JobRow job : sorted) {
            add(job, byName, seen, ordered, jobs.size());
        }
        return ordered.stream()
                .sorted((one, other) ->
                        Integer.compare(stages.getOrDefault(one.stage(), 0), stages.getOrDefault(other.stage(), 0)))
                .toList();
    }

    private static void add(
            JobRow job, Map<String, JobRow> byName, Set<String> seen, List<JobRow> ordered, int deepest) {
        if (deepest < 0 || !seen.add(job.name())) {
            return;
        }
        for (String need : job.needs().orElse(List.of())) {
            JobRow needed = byName.get(need);
            if (needed != null) {
                add(needed, byName, seen, ordered, deepest - 1);
            }
        }
        ordered.add(job);
    }

    /** How many lines it takes. */
    int height() {
        return layers.stream().mapToInt(List::size).max().orElse(0);
    }

    /** The layer of a job. */
    int layer(String name) {
        for (int layer = 0; layer < layers.size(); layer++) {
            if (layers.get(layer).contains(name)) {
                return layer;
            }
        }
        return 0;
    }

    /** The job that is so many layers to the right and so many lines below another, or the nearest to that. */
    String moved(String from, int right, int down) {
        int layer = Math.clamp(layer(from) + right, 0, layers.size() - 1);
        int line = Math.clamp(
                layers.get(layer(from)).indexOf(from) + down,
                0,
                layers.get(layer).size() - 1);
        return layers.get(layer).get(line);
    }
}
