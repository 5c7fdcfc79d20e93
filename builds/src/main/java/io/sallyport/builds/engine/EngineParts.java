package io.sallyport.builds.engine;

import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.cache.CacheStore;
import io.sallyport.builds.evidence.Notary;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.git.Repositories;
import io.sallyport.builds.log.LogStore;
import io.sallyport.builds.secret.SecretStore;
import io.sallyport.builds.store.BuildStore;
import io.sallyport.builds.store.PauseStore;
import io.sallyport.builds.store.ProjectStore;
import io.sallyport.builds.visit.VisitStore;
import java.time.Clock;

/**
 * What the engine is made of. Its maker closes them, after the engine.
 *
 * @param projects records
 * @param pauses what stands still
 * @param builds records
 * @param blobs sources and artifacts
 * @param logs of builds
 * @param caches of projects
 * @param secrets of projects
 * @param executor where jobs run
 * @param visits who has had a shell in which job
 * @param notary who vouches for what builds have made
 * @param repositories where sources may be fetched from
 * @param clock for the times in records
 */
public record EngineParts(
        ProjectStore projects,
        PauseStore pauses,
        BuildStore builds,
        BlobStore blobs,
        LogStore logs,
        CacheStore caches,
        SecretStore secrets,
        Executor executor,
        VisitStore visits,
        Notary notary,
        Repositories repositories,
        Clock clock) {}
