package io.sallyport.gateway.transport;

import io.sallyport.keys.HostKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/**
 * How the gateway proves who it is.
 *
 * @param current the host key in use
 * @param next the one that clients are told of before it is used
 * @param certificate for the one in use
 */
public record HostKeys(HostKey current, Optional<HostKey> next, Optional<OpenSshCertificate> certificate) {
    List<HostKey> all() {
        return Stream.concat(Stream.of(current), next.stream()).toList();
    }
}
