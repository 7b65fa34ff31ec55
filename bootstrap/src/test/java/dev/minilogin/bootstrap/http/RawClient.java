package dev.minilogin.bootstrap.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sends what no proper HTTP client sends, byte for byte, and reads one answer. */
final class RawClient {
  private static final int LONGEST_MILLIS = 10_000;

  private final URI server;

  RawClient(URI server) {
    this.server = server;
  }

  /**
   * Sends bytes, and then nothing more.
   *
   * @return empty if the server closed the connection without an answer
   */
  Optional<Answer> send(String request) {
    return send(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** As {@link #send(String)}. */
  Optional<Answer> send(byte[] request) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(LONGEST_MILLIS);
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
      } catch (SocketException e) {
        // The server has seen enough and closed; its answer may be there all the same.
      }
      String[] line = new String(request, StandardCharsets.ISO_8859_1).split("[ \r\n]", 3);
      return read(line, socket.getInputStream()).map(Contract::check);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Answer> read(String[] requestLine, InputStream in) throws IOException {
    String statusLine;
    try {
      statusLine = line(in);
    } catch (EOFException | SocketException e) {
      return Optional.empty();
    }
    int status = Integer.parseInt(statusLine.split(" ")[1]);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String[] parts = header.split(": *", 2);
      headers.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", List.of("0")).getFirst());
    boolean hasBody = !requestLine[0].equals("HEAD") && status != 204 && status != 304;
    byte[] body = hasBody ? in.readNBytes(length) : new byte[0];
    String path = requestLine.length > 1 ? requestLine[1].split("\\?")[0] : "";
    return Optional.of(new Answer(requestLine[0], path, status, headers, body));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
