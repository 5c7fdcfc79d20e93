package io.sallyport.builds.evidence;

/**
 * Who runs builds, as provenance names it. Ways of running that deserve different trust have different names (SLSA
 * provenance v1, {@code builder.id}).
 *
 * @param isolation what keeps builds apart, such as {@code bubblewrap} or {@code none}
 * @param version of the program
 */
public record Builder(String isolation, String version) {
    /** The name, a URI. Which gateway it is tells the key that signs. */
    String id() {
        return "urn:sallyport:builder:" + isolation;
    }
}
