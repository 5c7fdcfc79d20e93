/**
 * The way in when every other one is lost: the owner of the state directory lets a key in as an administrator for at
 * most an hour. No door of its own: a file in the state directory, which only its owner can write, asks for it, and
 * the key then comes in like any other.
 */
@NullMarked
package io.sallyport.gateway.breakglass;

import org.jspecify.annotations.NullMarked;
