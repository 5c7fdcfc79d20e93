/** Where the gateway is, as the user has set it: in the environment, in the checkout, in the user's configuration folder. */
@org.jspecify.annotations.NullMarked
package io.sallyport.client.settings;
