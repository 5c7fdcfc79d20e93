/** Regular expressions from strangers: the notation of Ruby and RE2, in time that no pattern can blow up. */
@org.jspecify.annotations.NullMarked
package io.sallyport.builds.regex;
