package io.sallyport.builds.source;

/** The forms a source is accepted in, recognised by their first bytes. */
public enum SourceKind {
    /** POSIX ustar, pax or GNU tar. */
    TAR("tar"),
    /** A tar in gzip (RFC 1952). */
    TAR_GZ("tar.gz"),
    /** A tar in Zstandard (RFC 8878). */
    TAR_ZST("tar.zst"),
    /** A tar in xz. */
    TAR_XZ("tar.xz"),
    /** A zip archive (APPNOTE). */
    ZIP("zip"),
    /** A list of files whose contents are in the content store. */
    MANIFEST("manifest");

    private final String label;

    SourceKind(String label) {
        this.label = label;
    }

    /** The name users see and file names end with. */
    public String label() {
        return label;
    }
}
