package io.sallyport.client.mina;

import io.sallyport.client.SshTarget;
import io.sallyport.client.Transport;
import io.sallyport.client.TransportFactory;
import java.io.IOException;
import java.util.Map;

/** Makes {@link MinaTransport}s. */
public final class MinaTransports implements TransportFactory {
    /** For {@link java.util.ServiceLoader}. */
    public MinaTransports() {}

    @Override
    public Transport to(SshTarget target, Map<String, String> environment, Questions questions) throws IOException {
        return new MinaTransport(HostSettings.of(target, environment), questions);
    }
}
