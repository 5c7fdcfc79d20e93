package io.sallyport.builds.evidence;

/**
 * What can be checked of a build without asking the gateway. Kept as it was made: a later key or a later version of the
 * program changes nothing of it.
 *
 * @param keyId the fingerprint of the key that has signed
 * @param manifest the artifacts by their SHA-256; see {@link Manifest}
 * @param signature of the manifest, armoured, in namespace {@link Notary#NAMESPACE}
 * @param provenance an envelope with the signed statement; see {@link Envelope}
 */
public record Evidence(String keyId, String manifest, String signature, String provenance) {}
