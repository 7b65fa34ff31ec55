package dev.minilogin.bootstrap.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A connection that sends any bytes, is used again where it can be, and is made anew otherwise. */
final class Wire implements AutoCloseable {
  private static final int LONGEST_MILLIS = 30_000;

  private final URI server;
  private Socket socket;
  private InputStream in;

  Wire(URI server) {
    this.server = server;
  }

  /**
   * Sends a request and reads its answer.
   *
   * @return empty if there is none; see {@link MalformedRequests.Request#isAnswered}
   */
  Optional<Answer> send(MalformedRequests.Request request) throws IOException {
    boolean fresh = socket == null;
    if (fresh) {
      connect();
    }
    Optional<Answer> answer = exchange(request);
    if (answer.isEmpty() && !fresh) {
      // The server may close a connection between two requests.
      close();
      connect();
      answer = exchange(request);
    }
    boolean isClosed =
        answer
            .flatMap(read -> read.header("Connection"))
            .filter(value -> value.equalsIgnoreCase("close"))
            .isPresent();
    if (answer.isEmpty() || isClosed || !request.keepsConnection()) {
      close();
    }
    return answer;
  }

  private void connect() throws IOException {
    socket = new Socket();
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), LONGEST_MILLIS);
    socket.setSoTimeout(LONGEST_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  private Optional<Answer> exchange(MalformedRequests.Request request) throws IOException {
    try {
      socket.getOutputStream().write(request.bytes());
      if (!request.isAnswered()) {
        // Or the server would wait for the rest.
        socket.shutdownOutput();
      }
    } catch (SocketException e) {
      // The server has seen enough and closed; its answer may be there all the same.
    }
    try {
      String[] line = new String(request.bytes(), StandardCharsets.ISO_8859_1).split("[ \r\n]", 3);
      return Optional.of(read(line));
    } catch (EOFException | SocketException e) {
      return Optional.empty();
    } catch (SocketTimeoutException e) {
      throw new IOException("no answer within " + LONGEST_MILLIS + " ms", e);
    }
  }

  private Answer read(String[] requestLine) throws IOException {
    String[] statusLine = line().split(" ");
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String header = line(); !header.isEmpty(); header = line()) {
      String[] parts = header.split(": *", 2);
      headers.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
    }
    int status = Integer.parseInt(statusLine[1]);
    if (status == 100) {
      return read(requestLine);
    }
    // A request may name the whole address (RFC 9112, section 3.2.2).
    String path =
        requestLine.length > 1
            ? requestLine[1].split("[?]")[0].replaceFirst("^https?://[^/]*", "")
            : "";
    byte[] body =
        requestLine[0].equals("HEAD") || status == 204 || status == 304 || status == 101
            ? new byte[0]
            : body(headers);
    return new Answer(requestLine[0], path, status, headers, body);
  }

  private byte[] body(Map<String, List<String>> headers) throws IOException {
    if (!headers.containsKey("Transfer-Encoding")) {
      int length =
          Integer.parseInt(headers.getOrDefault("Content-Length", List.of("0")).getFirst());
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException();
      }
      return body;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunk(); size > 0; size = chunk()) {
      body.writeBytes(in.readNBytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // It is gone either way.
    }
    socket = null;
  }
}
