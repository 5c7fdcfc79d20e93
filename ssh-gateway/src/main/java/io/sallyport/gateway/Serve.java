package io.sallyport.gateway;

import io.sallyport.gateway.settings.Config;
import io.sallyport.gateway.settings.ConfigFile;
import io.sallyport.gateway.settings.StateDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sallyport serve}: serves in the foreground until it is asked to end. */
@Command(
        name = "serve",
        description = "Serves in the foreground. SIGTERM drains and ends.",
        mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
    private static final int IN_USE = 75;

    @Option(names = "--home", required = true, paramLabel = "DIR", description = "the state directory")
    private Path home = Path.of("");

    @Option(names = "--bind", paramLabel = "ADDR", description = "address to listen on, instead of the setting")
    private @Nullable String address;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = PortNumber.class,
            description = "port to listen on, instead of the setting; 0: any free")
    private @Nullable Integer port;

    @Override
    public Integer call() throws IOException, Refused, InterruptedException {
        StateDirectory state = new StateDirectory(home.toAbsolutePath().normalize());
        if (!state.isInitialised()) {
            throw new Refused("there is no gateway in " + state.root() + ": make one with sallyport init --home " + home
                    + " --admin-key FILE.pub");
        }
        Config config = config(state);
        config.log().use();
        FileChannel lock = state.lock();
        if (lock == null) {
            throw new Refused("another gateway serves from " + state.root(), IN_USE);
        }
        try (lock) {
            requireFree(config.listen());
            try (Gateway gateway = Gateway.open(state, config)) {
                serve(gateway, config);
            }
        }
        return 0;
    }

    /** Asked before anything is taken up: a gateway that cannot listen must not begin the builds that wait. */
    private static void requireFree(Config.Listen listen) throws Refused {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(listen.address(), listen.port()));
        } catch (IOException e) {
            throw cannotListen(listen, e);
        }
    }

    private static Refused cannotListen(Config.Listen listen, IOException e) {
        return new Refused("cannot listen on " + listen.address() + ":" + listen.port() + ": " + e.getMessage());
    }

    private static void serve(Gateway gateway, Config config) throws Refused, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            asked.countDown();
                            awaitUninterruptibly(ended);
                        },
                        "shutdown"));
        try {
            int bound = gateway.start();
            System.out.println("sallyport: listening on " + config.listen().address() + ":" + bound);
            System.out.flush();
            asked.await();
            gateway.drain();
            gateway.close();
            // The JVM is in its shutdown already: only this, before the hook lets it end, gives it a status of its own.
            Runtime.getRuntime().halt(0);
        } catch (IOException e) {
            throw cannotListen(config.listen(), e);
        } finally {
            gateway.close();
            ended.countDown();
        }
    }

    private Config config(StateDirectory state) throws IOException, Refused {
        try {
            Config config = ConfigFile.read(state.config());
            int chosen = port == null ? config.listen().port() : port;
            return config.listeningOn(
                    new Config.Listen(address == null ? config.listen().address() : address, chosen));
        } catch (ConfigFile.WrongSettings e) {
            throw new Refused(e.file() + ": " + String.join("; ", e.errors()));
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
