package io.sallyport.gateway.sftp;

import org.apache.sshd.common.util.buffer.Buffer;

/**
 * A request as it came in.
 *
 * @param type as in {@link RequestType}, or a number that is not there
 * @param id that the reply has to bear; the version in an INIT
 * @param fields all that follows; of a WRITE only what comes before the data
 * @param data bytes of a WRITE that are next in the channel
 */
record Packet(int type, int id, Buffer fields, int data) {}
