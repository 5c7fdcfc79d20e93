package io.sallyport.e2e.door;

import java.io.IOException;
import java.nio.file.Path;

/** A file system of its own, ext4 in a file, whose power can be cut. Needs root. */
@SuppressWarnings("try") // whoever is interrupted while it is unmounted wants to know
final class LoopDisk implements AutoCloseable {
    /** EXT4_IOC_SHUTDOWN without flushing the journal: from here on nothing reaches the disk. */
    private static final String CUT = """
            import fcntl, os, struct, sys
            fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack('I', 2))
            """;

    private final Path image;
    private final Path place;

    private LoopDisk(Path image, Path place) {
        this.image = image;
        this.place = place;
    }

    /** Makes it in a file and mounts it on a folder. Skips the test for whoever is not root. */
    static LoopDisk mounted(Path image, Path place) throws IOException, InterruptedException {
        Program.need("mkfs.ext4");
        Program.need("python3");
        Program.shell("truncate -s 512M " + image + "; mkfs.ext4 -q " + image)
                .run()
                .ok();
        LoopDisk disk = new LoopDisk(image, place);
        Outcome mount = disk.tryMount();
        Program.need(mount.exit() == 0, "no loop device can be mounted here: " + mount.errors());
        Program.shell("chmod 700 " + place).run().ok();
        return disk;
    }

    /** What is not on the disk in this moment will never be. */
    void cutPower() throws IOException, InterruptedException {
        Program.of("python3", "-c", CUT, place.toString()).run().ok();
    }

    /** As after a reboot: the journal is replayed. Nobody may use it meanwhile. */
    void mountAnew() throws Exception {
        unmount();
        tryMount().ok();
    }

    @Override
    public void close() throws Exception {
        unmount();
    }

    private Outcome tryMount() throws IOException, InterruptedException {
        return Program.of("mount", "-o", "loop", image.toString(), place.toString())
                .run();
    }

    /** Processes that were ended are gone a little later. */
    private void unmount() throws Exception {
        Await.until(
                "nobody to use " + place,
                () -> Program.of("umount", place.toString()).run().exit() == 0);
    }
}
