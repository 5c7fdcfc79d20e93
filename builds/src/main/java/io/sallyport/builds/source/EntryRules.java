package io.sallyport.builds.source;

import io.sallyport.builds.source.Entry.Folder;
import io.sallyport.builds.source.Entry.HardLink;
import io.sallyport.builds.source.Entry.RegularFile;
import io.sallyport.builds.source.Entry.SymbolicLink;
import io.sallyport.builds.source.KnownPaths.Shape;

/**
 * Decides which entries are welcome, in the order of an archive. What it lets through can be created in an empty
 * folder, in this order, without touching anything outside of it, and no path or link in it leads out afterwards.
 */
final class EntryRules {
    private final KnownPaths known = new KnownPaths();
    private final Budget budget;
    private String lastFolder = "";
    private long fileBytes;

    EntryRules(Budget budget) {
        this.budget = budget;
    }

    /** How many files, folders and links there are so far, counting those folders too that only paths imply. */
    long entries() {
        return known.count();
    }

    /** Sum of the file sizes so far. */
    long fileBytes() {
        return fileBytes;
    }

    /**
     * Lets an entry pass.
     *
     * @throws Unacceptable when it may not
     */
    Entry admit(RawEntry raw) throws Unacceptable {
        budget.header();
        String path = Names.path(raw.name());
        if (path.isEmpty() && raw.kind() != RawEntry.Kind.FOLDER) {
            throw Unacceptable.hostile(raw.name(), "it stands for the folder itself and is none");
        }
        if (raw.kind() != RawEntry.Kind.FILE && raw.size() != 0) {
            throw Unacceptable.hostile(raw.name(), "a folder or a link with a body");
        }
        claimFolder(Names.parent(path), path);
        return switch (raw.kind()) {
            case FOLDER -> folder(raw, path);
            case FILE -> file(raw, path);
            case SYMBOLIC_LINK -> symbolicLink(raw, path);
            case HARD_LINK -> hardLink(raw, path);
        };
    }

    private Folder folder(RawEntry raw, String path) throws Unacceptable {
        claimFolder(path, path);
        return new Folder(path, raw.modified());
    }

    private RegularFile file(RawEntry raw, String path) throws Unacceptable {
        claimNew(path, Shape.FILE);
        budget.unpacked(raw.size());
        fileBytes += raw.size();
        return new RegularFile(path, raw.size(), raw.executable(), raw.modified());
    }

    private SymbolicLink symbolicLink(RawEntry raw, String path) throws Unacceptable {
        claimNew(path, Shape.LINK);
        checkTarget(path, raw.target());
        return new SymbolicLink(path, raw.target(), raw.modified());
    }

    private HardLink hardLink(RawEntry raw, String path) throws Unacceptable {
        String target = Names.path(raw.target());
        if (known.shape(target) != Shape.FILE) {
            throw Unacceptable.hostile(
                    path, "a hard link to what is no earlier file: " + Names.printable(raw.target()));
        }
        claimNew(path, Shape.FILE);
        return new HardLink(path, target);
    }

    /**
     * Follows a link's target by name. Every {@code ..} in it must go up from a true folder: were it a link, it would
     * go up from somewhere else than the names say. So the folders it goes up from are claimed as such, whether they
     * came already or not. Then no chain of links leads out.
     */
    private void checkTarget(String path, String target) throws Unacceptable {
        if (target.isEmpty() || target.startsWith("/")) {
            throw Unacceptable.hostile(path, "a link to an absolute path: " + Names.printable(target));
        }
        String here = Names.parent(path);
        for (String part : Names.parts(target, path)) {
            if (!part.equals("..")) {
                here = here.isEmpty() ? part : here + "/" + part;
            } else if (here.isEmpty()) {
                throw Unacceptable.hostile(path, "a link that leads out of the folder: " + Names.printable(target));
            } else {
                claimFolder(here, path);
                here = Names.parent(here);
            }
        }
    }

    private void claimNew(String path, Shape shape) throws Unacceptable {
        if (!known.addNew(path, shape)) {
            throw Unacceptable.hostile(path, "there is an entry of this path already");
        }
        budget.entries(known.count());
    }

    /** Makes the path and all above it known as folders; {@code entry} is what needs them. */
    private void claimFolder(String folder, String entry) throws Unacceptable {
        if (folder.isEmpty() || folder.equals(lastFolder)) {
            return;
        }
        int folders = 0;
        for (int end = folder.indexOf('/'); end >= 0; end = folder.indexOf('/', end + 1)) {
            claimOne(folder.substring(0, end), entry);
            budget.depth(++folders);
        }
        claimOne(folder, entry);
        budget.depth(++folders);
        lastFolder = folder;
    }

    private void claimOne(String folder, String entry) throws Unacceptable {
        Shape shape = known.shape(folder);
        if (shape == null) {
            known.add(folder, Shape.FOLDER);
            budget.entries(known.count());
        } else if (shape != Shape.FOLDER) {
            throw Unacceptable.hostile(entry, "its path goes through what is no folder: " + folder);
        }
    }
}
