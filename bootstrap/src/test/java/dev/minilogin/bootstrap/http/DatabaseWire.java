package dev.minilogin.bootstrap.http;

import static org.awaitility.Awaitility.await;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wire between a server and its database. It counts every command that the database has to
 * answer, which is what a round trip is, whatever the driver calls it and whoever else uses the
 * database; and it can be cut.
 *
 * <p>It reads the commands of MySQL's protocol and which statements they are about, so the
 * connection must not be encrypted.
 */
final class DatabaseWire implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("jdbc:mysql://([^/:]+):(\\d+)(/.*)");

  /** Commands that the database does not answer: QUIT, STMT_SEND_LONG_DATA, STMT_CLOSE. */
  private static final Set<Integer> UNANSWERED = Set.of(0x01, 0x18, 0x19);

  private final InetSocketAddress database;
  private final String urlRest;
  private final int port;
  private final List<Command> commands = new ArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ServerSocket listening;
  private volatile boolean isCut;

  private DatabaseWire(InetSocketAddress database, String urlRest) {
    this.database = database;
    this.urlRest = urlRest;
    this.listening = listen();
    this.port = listening.getLocalPort();
  }

  /** A wire to a database, in working order. */
  static DatabaseWire to(TestDatabase.Schema schema) {
    Matcher url = URL.matcher(schema.jdbcUrl());
    if (!url.matches()) {
      throw new IllegalArgumentException("no URL of one host and port");
    }
    return new DatabaseWire(
        new InetSocketAddress(url.group(1), Integer.parseInt(url.group(2))), url.group(3));
  }

  /**
   * A command that the database answered.
   *
   * @param kind as the protocol names it
   * @param sql the statement; empty if the command is none
   */
  record Command(Kind kind, String sql) {
    /** Whether an instance listens to what others revoke, which no request makes it do. */
    boolean isListening() {
      return sql.contains("FROM revocations");
    }

    boolean isCommit() {
      return sql.strip().toUpperCase(Locale.ROOT).endsWith("COMMIT");
    }
  }

  /** What a command asks for; those that get no answer are not here. */
  enum Kind {
    QUERY(0x03),
    PING(0x0e),
    PREPARE(0x16),
    EXECUTE(0x17),
    RESET(0x1a),
    OTHER(-1);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return OTHER;
    }
  }

  /** The URL to the database over this wire. */
  String jdbcUrl() {
    return "jdbc:mysql://127.0.0.1:" + port + urlRest;
  }

  /** How many connections there are over this wire. */
  int connections() {
    return open.size() / 2;
  }

  /** What goes over the wire while something is done. */
  List<Command> during(Runnable work) {
    int before = count();
    work.run();
    synchronized (commands) {
      return List.copyOf(commands.subList(before, commands.size()));
    }
  }

  /** Waits until nothing has gone over the wire for a while, as when pools have filled up. */
  void awaitQuiet() {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(300))
        .until(new Unchanged(this::count)::get);
  }

  private int count() {
    synchronized (commands) {
      return commands.size();
    }
  }

  /** Whether a number is the same as when it was last asked for. */
  private static final class Unchanged implements Supplier<Boolean> {
    private final Supplier<Integer> number;
    private int last = -1;

    Unchanged(Supplier<Integer> number) {
      this.number = number;
    }

    @Override
    public Boolean get() {
      int now = number.get();
      boolean unchanged = now == last;
      last = now;
      return unchanged;
    }
  }

  /**
   * Breaks all connections and lets no new ones through. The port stays taken: somebody else would
   * get it.
   */
  void cut() {
    isCut = true;
    open.forEach(DatabaseWire::closeQuietly);
  }

  /** Lets connections through again, if it does not. */
  void mend() {
    isCut = false;
  }

  @Override
  public void close() {
    closeQuietly(listening);
    cut();
  }

  private ServerSocket listen() {
    try {
      ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) {
    while (true) {
      try {
        Socket client = socket.accept();
        if (isCut) {
          closeQuietly(client);
        } else {
          forward(client);
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private void forward(Socket client) throws IOException {
    Socket server = new Socket();
    server.connect(database);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    open.add(client);
    open.add(server);
    if (isCut) {
      closeQuietly(client);
    }
    Prepared prepared = new Prepared();
    Thread.ofVirtual()
        .start(() -> connect(client, server, (from, to) -> forwardCommands(from, to, prepared)));
    Thread.ofVirtual()
        .start(() -> connect(server, client, (from, to) -> forwardAnswers(from, to, prepared)));
  }

  private interface Forwarding {
    void forward(InputStream from, OutputStream to) throws IOException;
  }

  private void connect(Socket from, Socket to, Forwarding forwarding) {
    try {
      forwarding.forward(from.getInputStream(), to.getOutputStream());
    } catch (IOException e) {
      // The other side sees the connection closed, as it would without this wire.
    } finally {
      closeQuietly(from);
      closeQuietly(to);
      open.remove(from);
      open.remove(to);
    }
  }

  /** The statements of a connection by the numbers that the database gives them. */
  private static final class Prepared {
    private final Map<Integer, String> byNumber = new ConcurrentHashMap<>();
    private volatile String asked;

    /** Clients wait for the answer to a command before they send the next one. */
    void ask(String sql) {
      asked = sql;
    }

    void answer(byte[] payload) {
      if (asked != null && payload[0] == 0) {
        byNumber.put(number(payload), asked);
      }
      asked = null;
    }

    String statement(byte[] payload) {
      return byNumber.getOrDefault(number(payload), "");
    }

    private static int number(byte[] payload) {
      return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getInt(1);
    }
  }

  /** The sequence number of a command is 0. */
  private void forwardCommands(InputStream from, OutputStream to, Prepared prepared)
      throws IOException {
    forwardPackets(
        from,
        to,
        (number, payload) -> {
          if (number == 0 && !UNANSWERED.contains((int) payload[0])) {
            note(payload, prepared);
          }
        });
  }

  /** The sequence number of the first packet of an answer is 1. */
  private static void forwardAnswers(InputStream from, OutputStream to, Prepared prepared)
      throws IOException {
    forwardPackets(
        from,
        to,
        (number, payload) -> {
          if (number == 1) {
            prepared.answer(payload);
          }
        });
  }

  private interface Reader {
    void read(int number, byte[] payload);
  }

  /** Packets are a length of three bytes, a sequence number, and that many bytes. */
  private static void forwardPackets(InputStream from, OutputStream to, Reader reader)
      throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(from));
    BufferedOutputStream out = new BufferedOutputStream(to);
    byte[] header = new byte[4];
    while (true) {
      try {
        in.readFully(header);
      } catch (EOFException e) {
        return;
      }
      int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
      byte[] payload = in.readNBytes(length);
      if (length > 0) {
        reader.read(header[3], payload);
      }
      out.write(header);
      out.write(payload);
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  private void note(byte[] payload, Prepared prepared) {
    Kind kind = Kind.of(payload[0]);
    String sql =
        switch (kind) {
          case QUERY, PREPARE -> words(payload);
          case EXECUTE -> prepared.statement(payload);
          case PING, RESET, OTHER -> "";
        };
    if (kind == Kind.PREPARE) {
      prepared.ask(sql);
    }
    synchronized (commands) {
      commands.add(new Command(kind, sql));
    }
  }

  private static String words(byte[] payload) {
    return new String(payload, 1, payload.length - 1, StandardCharsets.UTF_8)
        .replaceAll("\\s+", " ");
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // Closed it is.
    }
  }
}
