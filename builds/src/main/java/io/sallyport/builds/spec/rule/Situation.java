package io.sallyport.builds.spec.rule;

import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.variable.Expansion;

/**
 * What a decision is made for.
 *
 * @param variables known of the job and its build
 * @param files of the source
 * @param report where is told what cannot be decided
 */
public record Situation(Expansion variables, FileSearch files, Report report) {}
