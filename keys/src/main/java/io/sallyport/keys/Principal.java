package io.sallyport.keys;

/**
 * Who asks: an identity as it is now, and the credential it came in with.
 *
 * @param identity with the grants of this moment
 * @param credential that signed the login
 */
public record Principal(Identity identity, Credential credential) {}
