package io.sallyport.builds.retention;

import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.log.LogStore;
import io.sallyport.builds.schedule.ScheduleStore;
import io.sallyport.builds.store.ProjectStore;

/**
 * What retention works on. Its maker closes them, after it.
 *
 * @param store records of what is kept and removed
 * @param named records of which blobs are needed
 * @param projects whose rules count
 * @param schedules whose sources are kept
 * @param blobs sources and artifacts
 * @param logs of builds
 * @param turn waited for before anything is removed
 */
public record RetentionParts(
        RetentionStore store,
        BlobRecords named,
        ProjectStore projects,
        ScheduleStore schedules,
        BlobStore blobs,
        LogStore logs,
        Turn turn) {}
