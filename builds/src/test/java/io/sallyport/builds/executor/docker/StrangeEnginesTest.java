package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.executor.Orders;
import io.sallyport.builds.executor.PlaceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job on an engine that is newer, fuller, slower or madder than the one that all other tests have. */
@Timeout(60)
class StrangeEnginesTest {
    private static final DockerLimits LIMITS =
            new DockerLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1);
    private static final String CREATE = "/containers/create?name=";

    @TempDir
    Path folder;

    private FakeEngine engine(Function<String, String> answers) throws IOException {
        return FakeEngine.at(folder.resolve("socket"), answers);
    }

    /** An engine that has the image, and says this to whoever wants to make a container. */
    private static String on(String request, String version, String made) {
        if (request.equals("GET /version")) {
            return version;
        }
        if (request.contains("/images/") && !request.contains("/images/json")) { // but for the list
            return FakeEngine.IMAGE;
        }
        return request.contains(CREATE) ? made : FakeEngine.ok("[]");
    }

    /** Why a job has no place there. */
    private IOException failure(FakeEngine engine) throws Exception {
        DockerSettings settings = DockerSettings.on(engine.address(), "strange", folder.resolve("staging"))
                .with(new ImageSettings(Optional.of("some/image"), List.of(), PullPolicy.NEVER, Optional.empty()))
                .with(LIMITS);
        try (DockerExecutor executor = DockerExecutor.open(settings, (source, workspace) -> {})) {
            return assertThrows(IOException.class, () -> executor.prepare(new Orders().of("true")));
        }
    }

    private static boolean isLost(IOException failure) {
        return failure instanceof PlaceException place && place.isLost();
    }

    @ParameterizedTest
    @CsvSource({"1.39,1.12,1.39", "1.41,1.12,1.41", "1.44,1.24,1.44", "1.52,1.44,1.44"})
    void theNewestVersionThatBothKnowIsSpoken(String newest, String oldest, String spoken) throws Exception {
        String full = FakeEngine.answer("500 Error", "{\"message\":\"mkdir: no space left on device\"}");
        try (FakeEngine engine = engine(request -> on(request, FakeEngine.version(newest, oldest), full))) {
            IOException said = failure(engine);

            assertEquals("the engine refuses to make the container: mkdir: no space left on device", said.getMessage());
            assertFalse(isLost(said)); // it would not be less full at once
            assertEquals("GET /version", engine.asked().poll());
            assertTrue(
                    engine.asked().stream().allMatch(request -> request.contains(" /v" + spoken + "/")),
                    engine.asked()::toString);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.24 | 1.12 | it is too old: it speaks API 1.24, at least 1.39 is needed",
                "1.58 | 1.47 | it is too new: it speaks API 1.47 at least, this gateway 1.44",
                "x | y | its API has no version: x"
            })
    void oneWithoutSuchAVersionIsRefused(String newest, String oldest, String words) throws Exception {
        try (FakeEngine engine = engine(request -> on(request, FakeEngine.version(newest, oldest), ""))) {
            IOException said = failure(engine);
            assertEquals("cannot use the engine: " + words, said.getMessage());
            assertFalse(isLost(said));
        }
    }

    @Test
    void whatASlowOneMayHaveMadeIsRemovedOnceItIsThere() throws Exception {
        DockerLimits patient =
                new DockerLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2), 1, 1);
        try (FakeEngine engine = engine(request -> request.startsWith("DELETE")
                        ? FakeEngine.answer("404 Not Found", "{\"message\":\"No such container\"}")
                        : on(request, FakeEngine.version("1.41", "1.12"), ""));
                DockerEngine asked = DockerEngine.connect(engine.address(), patient)) {
            DockerSettings settings = DockerSettings.on(engine.address(), "strange", folder.resolve("staging"));
            ReadyImages images = ReadyImages.open(asked, settings);
            Images.Found image = new Images.Found("some/image", "id", Optional.empty(), false, false, false);
            EngineException said = assertThrows(
                    EngineException.class,
                    () -> new JobContainers(asked, settings, images)
                            .make(new Orders().of("true"), image, JobNetwork.NONE, "its-name", "mark"));

            assertEquals(
                    "cannot make the container on the engine at " + engine.address() + ": no answer within 2 s",
                    said.getMessage());
            assertTrue(said.isLost());
            for (int looked = 0; looked < 2; looked++) { // it is not there at first, and looked for again
                String request;
                do {
                    request = String.valueOf(engine.asked().poll(30, TimeUnit.SECONDS));
                } while (!request.startsWith("DELETE"));
                assertEquals("DELETE /v1.41/containers/its-name?force=1&v=1", request);
            }
        }
    }

    @Test
    void oneThatHasNoListOfImagesIsUsedWhereNoneAreMade() throws Exception {
        String no = FakeEngine.answer("500 Error", "{\"message\":\"no list today\"}");
        String full = FakeEngine.answer("500 Error", "{\"message\":\"full\"}");
        try (FakeEngine engine = engine(request ->
                request.contains("/images/json") ? no : on(request, FakeEngine.version("1.41", "1.12"), full))) {
            assertEquals(
                    "the engine refuses to make the container: full",
                    failure(engine).getMessage());
            assertTrue(engine.asked().stream().anyMatch(request -> request.contains("/images/json")));
        }
    }

    @Test
    void whoeverWaitsForOneThatDoesNotAnswerCanBeInterrupted() throws Exception {
        try (FakeEngine engine = engine(request -> "");
                DockerExecutor executor = DockerExecutor.open(
                        DockerSettings.on(engine.address(), "strange", folder.resolve("staging")),
                        (source, workspace) -> {})) {
            CompletableFuture<Boolean> second = new CompletableFuture<>();
            Thread first = Thread.ofPlatform().start(() -> isInterrupted(executor));
            assertEquals("GET /version", engine.asked().poll(30, TimeUnit.SECONDS));
            Thread waits = Thread.ofPlatform().start(() -> second.complete(isInterrupted(executor)));
            Ready.until("the second waits", () -> waits.getState() != Thread.State.RUNNABLE);
            waits.interrupt();
            assertTrue(second.get(30, TimeUnit.SECONDS));
            assertTrue(first.isAlive());
            first.interrupt();
            first.join();
        }
    }

    private static boolean isInterrupted(DockerExecutor executor) {
        try {
            executor.nodes();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Test
    void nonsenseIsSaidAndNothingIsTakenForAnAnswer() throws Exception {
        try (FakeEngine engine = engine(
                request -> on(request, FakeEngine.version("1.41", "1.12"), FakeEngine.ok("<html>welcome</html>")))) {
            IOException said = failure(engine);
            assertTrue(said.getMessage().startsWith("cannot make the container on the engine at "), said::getMessage);
        }
    }
}
