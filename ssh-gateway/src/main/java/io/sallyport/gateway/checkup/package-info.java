/** What an operator would want to know before it hurts, in plain words. */
@NullMarked
package io.sallyport.gateway.checkup;

import org.jspecify.annotations.NullMarked;
