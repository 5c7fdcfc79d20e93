package io.sallyport.builds.source;

/** The forms a source is accepted in, recognised by the first bytes of a body. */
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
    MANIFEST("manifest"),
    /** The files of a commit, fetched from a repository and kept as a tar. */
    GIT("git");

    private final String label;

    SourceKind(String label) {
        this.label = label;
    }

    /** The name users see and file names end with. */
    public String label() {
        return label;
    }
}
