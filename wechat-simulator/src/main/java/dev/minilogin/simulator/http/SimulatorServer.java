package dev.minilogin.simulator.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.minilogin.simulator.control.Simulation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One HTTP server on the loopback interface with all faces of a simulation; a virtual thread per
 * request.
 */
public final class SimulatorServer implements AutoCloseable {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BACKLOG = 1024;

  static {
    // The JDK's server writes head and body apart: with Nagle's algorithm on, each answer could
    // wait 40 ms.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Listens at once.
   *
   * @param port 0 for any free one
   * @throws IOException the port is taken
   */
  public SimulatorServer(Simulation simulation, int port) throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", LOOPBACK), port), BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", new WeChatHandler(simulation));
    guarded("/simulator", new Console(new ControlRoutes(simulation).routes()));
    guarded("/simulator/wire/stream", new WireStream(simulation.wire()));
    guarded("/client/", new ClientRoutes(simulation.phone()).routes());
    server.start();
  }

  /** Where the server listens, e.g. {@code http://127.0.0.1:9090}; no slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Drops all connections and frees the port. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void guarded(String path, HttpHandler handler) {
    server.createContext(path, handler).getFilters().add(new LoopbackGuard());
  }
}
