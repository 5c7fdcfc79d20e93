/**
 * SFTP, version 3 (draft-ietf-secsh-filexfer-02): builds, artifacts and logs as a tree of files made from records, and a
 * folder that takes submissions. {@code Conversation} answers the requests, {@code Tree} says what is where, and
 * everything that is there was answered by the one router.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.gateway.sftp;
