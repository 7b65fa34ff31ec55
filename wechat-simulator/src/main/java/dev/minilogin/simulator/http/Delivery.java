package dev.minilogin.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import dev.minilogin.simulator.control.Simulation;
import dev.minilogin.simulator.fault.FaultHit;
import dev.minilogin.simulator.wire.Party;
import dev.minilogin.simulator.wire.Traffic;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * The way of one WeChat answer to its caller: late, never or broken off if a fault says so.
 *
 * <p>The wire log is written before the answer leaves, so that whoever has the answer finds the
 * entry.
 */
final class Delivery {

  private final Call call;
  private final Simulation simulation;
  private final Instant at;
  private final long start = System.nanoTime();
  private Optional<String> requestBody = Optional.empty();

  Delivery(Call call, Simulation simulation) {
    this.call = call;
    this.simulation = simulation;
    this.at = simulation.clock().instant();
  }

  /** What the caller had sent, for the wire log. */
  void requestBody(String body) {
    requestBody = Optional.of(body).filter(text -> !text.isEmpty());
  }

  void send(Reply reply) throws IOException {
    send(reply, Optional.empty());
  }

  void send(Reply reply, String note) throws IOException {
    send(reply, Optional.of(note));
  }

  /**
   * As the fault wants it. A hang shows in the wire log when it begins, and again when it was
   * ended.
   */
  void send(Reply reply, FaultHit hit) throws IOException {
    try {
      hit.awaitLatency();
      if (hit.fault().hang()) {
        record(0, Optional.empty(), Optional.of(hit.note()));
        hit.awaitClearing();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the simulator is closing");
    }
    if (hit.fault().cut()) {
      record(0, Optional.empty(), Optional.of(hit.note()));
      cut(hit.fault().body().isPresent() ? Optional.of(reply) : Optional.empty());
    } else {
      send(reply, Optional.of(hit.note() + (hit.fault().hang() ? " (ended)" : "")));
    }
  }

  private void send(Reply reply, Optional<String> note) throws IOException {
    record(reply.status(), Optional.of(reply), note);
    call.send(reply);
  }

  private void cut(Optional<Reply> announced) throws IOException {
    HttpExchange exchange = call.exchange();
    if (announced.isPresent()) {
      Reply reply = announced.get();
      reply.contentType().ifPresent(t -> exchange.getResponseHeaders().set("Content-Type", t));
      exchange.sendResponseHeaders(reply.status(), reply.body().length + 1L);
      exchange.getResponseBody().write(reply.body());
      exchange.getResponseBody().flush();
    }
    // Without the rest of the answer there is nothing left to do for the server but to drop the
    // connection.
    exchange.close();
  }

  private void record(int status, Optional<Reply> reply, Optional<String> note) {
    simulation
        .wire()
        .record(
            new Traffic(
                at,
                Party.SERVER,
                Party.WECHAT,
                call.method(),
                call.rawPath(),
                call.rawQuery(),
                status,
                (System.nanoTime() - start) / 1_000_000,
                requestBody,
                reply.flatMap(Reply::text),
                reply.flatMap(Reply::contentType),
                call.header("Authorization"),
                Optional.empty(),
                note));
  }
}
