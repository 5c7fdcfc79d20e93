/** Black-box tests of the packaged gateway and client, and the rules that hold the house together. */
@org.jspecify.annotations.NullMarked
package io.sallyport.e2e;
