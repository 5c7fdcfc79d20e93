/** Values of single keywords: YAML to the records of plans. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.spec.keyword;
