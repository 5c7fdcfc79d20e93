/** Local commands of the owner of the state directory. */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.admin;
