package io.sallyport.keys;

/**
 * All that there is to say who somebody is.
 *
 * @param identities people, services and their keys
 * @param authorities whose certificates let in
 * @param revocations what lets in no more
 * @param ownAuthority signs certificates
 * @param credentials asks all of these
 */
public record KeyParts(
        IdentityStore identities,
        AuthorityStore authorities,
        Revocations revocations,
        OwnAuthority ownAuthority,
        CredentialCheck credentials) {}
