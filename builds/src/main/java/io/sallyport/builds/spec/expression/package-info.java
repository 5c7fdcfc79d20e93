/** Conditions of rules: text to expressions, and expressions to yes or no. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.spec.expression;
