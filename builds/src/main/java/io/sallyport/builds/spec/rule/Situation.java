package io.sallyport.builds.spec.rule;

import io.sallyport.builds.regex.Effort;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.variable.Expansion;

/**
 * What a decision is made for.
 *
 * @param variables known of the job and its build
 * @param files of the source
 * @param patterns what all searches for patterns may take
 * @param report where is told what cannot be decided
 */
public record Situation(Expansion variables, FileSearch files, Effort patterns, Report report) {}
