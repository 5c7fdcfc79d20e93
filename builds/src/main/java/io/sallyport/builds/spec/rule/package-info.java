/** Whether a job is part of a build: rules, and only and except. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.spec.rule;
