/** What a build is to do, resolved: jobs, their order and what they keep. Made from a spec, carried out by the engine. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.plan;
