/** The gateway side by side with OpenSSH's sshd: one table of medians and ratios. See docs/performance.md. */
@org.jspecify.annotations.NullMarked
package io.sallyport.bench;
