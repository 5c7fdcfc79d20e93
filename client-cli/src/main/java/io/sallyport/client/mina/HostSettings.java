package io.sallyport.client.mina;

import io.sallyport.client.ClientException;
import io.sallyport.client.SshTarget;
import io.sallyport.client.mina.ConfigFile.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ssh_config(5)} says of one host, as far as it is honoured here. Of each keyword the first value counts: that of the
 * user's options, then of {@code ~/.ssh/config}, then of {@code /etc/ssh/ssh_config}; of files of keys all do.
 *
 * @param host as the user named it
 * @param home the user's folder
 * @param environment variables
 * @param lines for this host, the stronger first
 * @param named files of keys that are named for this command
 */
record HostSettings(String host, Path home, Map<String, String> environment, List<Line> lines, List<String> named) {
    /** Keywords of options: those that are honoured, and those that ask for what is done anyway. */
    private static final Set<String> KNOWN = Set.of(
            "batchmode",
            "certificatefile",
            "connecttimeout",
            "globalknownhostsfile",
            "hostkeyalias",
            "hostname",
            "identitiesonly",
            "identityagent",
            "identityfile",
            "port",
            "proxyjump",
            "stricthostkeychecking",
            "user",
            "userknownhostsfile");

    /** Keywords of files that have OpenSSH trust fewer keys, or others: passed over, they would have a host trusted that ssh refuses. */
    private static final List<String> TRUST =
            List.of("RevokedHostKeys", "KnownHostsCommand", "HostKeyAlgorithms", "CASignatureAlgorithms");

    private static final List<String> DEFAULT_KEYS = List.of("~/.ssh/id_ed25519", "~/.ssh/id_ecdsa", "~/.ssh/id_rsa");

    private static final Pattern TOKEN = Pattern.compile("%(.)");
    private static final int DEFAULT_PORT = 22;
    private static final int DEFAULT_TIMEOUT = 30;

    /**
     * The settings for a target.
     *
     * @throws ClientException.BadSetting for an option that cannot be honoured: none is passed over in silence; and for a keyword of
     *     the files that says which host keys are trusted
     */
    static HostSettings of(SshTarget target, Map<String, String> environment) throws IOException {
        List<Line> given = new ArrayList<>();
        int at = target.host().lastIndexOf('@');
        if (at > 0) {
            given.add(new Line("user", List.of(target.host().substring(0, at))));
        }
        target.port().ifPresent(port -> given.add(new Line("port", List.of(Integer.toString(port)))));
        for (String option : target.options()) {
            Line line = Line.of(option);
            check(option, line);
            given.add(line);
        }
        return with(target.host().substring(at + 1), given, target.identities(), environment);
    }

    private static HostSettings with(String host, List<Line> given, List<String> named, Map<String, String> environment)
            throws IOException {
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        List<Line> lines = new ArrayList<>(given);
        lines.addAll(ConfigFile.lines(home.resolve(".ssh/config"), host, home));
        lines.addAll(ConfigFile.lines(Path.of("/etc/ssh/ssh_config"), host, home));
        HostSettings settings = new HostSettings(host, home, environment, lines, named);
        settings.checkTrust();
        return settings;
    }

    private void checkTrust() throws ClientException {
        for (String keyword : TRUST) {
            String value = first(keyword.toLowerCase(Locale.ROOT)).orElse("none");
            // +LIST and ^LIST only add to what ssh accepts anyway.
            if (!value.equals("none") && !value.startsWith("+") && !value.startsWith("^")) {
                throw new ClientException.BadSetting(
                        keyword,
                        "the built-in transport does not honour it, and could trust a host key that ssh refuses: "
                                + "use the ssh program for " + host);
            }
        }
    }

    private static void check(String option, Line line) throws ClientException {
        if (!KNOWN.contains(line.keyword())) {
            throw new ClientException.BadSetting(
                    "-o " + option, "the built-in transport does not know it: leave it out, or use an ssh program");
        }
        if (line.keyword().equals("stricthostkeychecking")
                && !line.word().equals("yes")
                && !line.word().equals("ask")) {
            throw new ClientException.BadSetting(
                    "-o " + option, "the built-in transport always checks host keys: leave it out");
        }
    }

    /** The name or address to connect to. */
    String hostName() {
        return first("hostname").map(this::expanded).orElse(host);
    }

    /** 1 to 65535. */
    int port() throws ClientException {
        return number("port", DEFAULT_PORT);
    }

    /** Who to be. */
    String user() {
        return first("user").orElse(System.getProperty("user.name"));
    }

    /** How long to wait for an answer, in seconds. */
    int connectTimeout() throws ClientException {
        return number("connecttimeout", DEFAULT_TIMEOUT);
    }

    /** Whether nobody is to be asked for anything. */
    boolean batch() {
        return is("batchmode");
    }

    /** Whether only the keys of files that are named are tried, from the agent too. */
    boolean identitiesOnly() {
        return is("identitiesonly");
    }

    /** The name that the host's key is kept under, where that is set. */
    Optional<String> hostKeyAlias() {
        return first("hostkeyalias");
    }

    /** Files of keys that the user has named for this command; each must be there. */
    List<Path> namedKeys() {
        return named.stream().map(this::path).toList();
    }

    /** Other files of keys, which need not be there. */
    List<Path> otherKeys() {
        List<String> configured = all("identityfile");
        return (configured.isEmpty() && named.isEmpty() ? DEFAULT_KEYS : configured)
                .stream().filter(file -> !file.equals("none")).map(this::path).toList();
    }

    /** Files with certificates on these keys or the agent's, besides those that lie beside a key. */
    List<Path> certificates() {
        return all("certificatefile").stream().map(this::path).toList();
    }

    /** The socket of the agent. */
    Optional<Path> agent() {
        String set = first("identityagent").orElse("SSH_AUTH_SOCK");
        if (set.equals("none")) {
            return Optional.empty();
        }
        if (set.equals("SSH_AUTH_SOCK")) {
            return Optional.ofNullable(environment.get(set))
                    .filter(socket -> !socket.isEmpty())
                    .map(Path::of);
        }
        return Optional.of(
                set.startsWith("$") ? Path.of(environment.getOrDefault(set.substring(1), "/nonexistent")) : path(set));
    }

    /** The user's files of known hosts; the first is where a key is to be added. */
    List<Path> userKnownHosts() {
        return paths("userknownhostsfile", List.of("~/.ssh/known_hosts", "~/.ssh/known_hosts2"));
    }

    /** The machine's files of known hosts. */
    List<Path> globalKnownHosts() {
        return paths("globalknownhostsfile", List.of("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"));
    }

    /**
     * The host to go through, with the settings for it, where there is one. Of several it is the last, which is itself reached through
     * those before.
     */
    Optional<HostSettings> jump() throws IOException {
        Optional<Line> proxy = lines.stream()
                .filter(line ->
                        line.keyword().equals("proxyjump") || line.keyword().equals("proxycommand"))
                .findFirst()
                .filter(line -> !line.word().equals("none"));
        if (proxy.isEmpty()) {
            return Optional.empty();
        }
        if (proxy.get().keyword().equals("proxycommand")) {
            throw new ClientException.BadSetting(
                    "ProxyCommand", "the built-in transport runs no programs: use ProxyJump, or an ssh program");
        }
        String jumps = proxy.get().word();
        int comma = jumps.lastIndexOf(',');
        JumpHost last = JumpHost.of(jumps.substring(comma + 1));
        if (comma < 0 && last.host().equals(host)) {
            return Optional.empty(); // as ssh has it: a jump host that the pattern fits itself
        }
        List<Line> given = new ArrayList<>();
        last.user().ifPresent(name -> given.add(new Line("user", List.of(name))));
        last.port().ifPresent(at -> given.add(new Line("port", List.of(at))));
        if (comma > 0) {
            given.add(new Line("proxyjump", List.of(jumps.substring(0, comma))));
        }
        // As ssh has it: what was asked of the command counts for its own host alone, but for files of keys.
        return Optional.of(with(last.host(), given, named, environment));
    }

    private boolean is(String keyword) {
        return first(keyword).filter(value -> value.equals("yes")).isPresent();
    }

    private Optional<String> first(String keyword) {
        return lines.stream()
                .filter(line -> line.keyword().equals(keyword))
                .map(Line::word)
                .findFirst();
    }

    private List<String> all(String keyword) {
        return lines.stream()
                .filter(line -> line.keyword().equals(keyword))
                .map(Line::word)
                .toList();
    }

    private int number(String keyword, int otherwise) throws ClientException {
        String text = first(keyword).orElse(Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ClientException.BadSetting(keyword, "'" + text + "' is no number");
        }
    }

    private List<Path> paths(String keyword, List<String> otherwise) {
        return lines.stream()
                .filter(line -> line.keyword().equals(keyword))
                .map(Line::words)
                .findFirst()
                .orElse(otherwise)
                .stream()
                .filter(file -> !file.equals("none"))
                .map(this::path)
                .toList();
    }

    private Path path(String text) {
        String expanded = expanded(text);
        return expanded.startsWith("~/")
                ? home.resolve(expanded.substring(2))
                : Path.of("").toAbsolutePath().resolve(expanded);
    }

    /** {@code ssh_config(5)}, TOKENS: those that name host, users and home. */
    private String expanded(String text) {
        return TOKEN.matcher(text)
                .replaceAll(token -> Matcher.quoteReplacement(
                        switch (token.group(1)) {
                            case "h", "n" -> host;
                            case "r" -> user();
                            case "u" -> System.getProperty("user.name");
                            case "d" -> home.toString();
                            case "p" -> first("port").orElse(Integer.toString(DEFAULT_PORT));
                            default -> token.group(1);
                        }));
    }
}
