package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.OTHER_APP;
import static dev.minilogin.simulator.Probe.OTHER_SECRET;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.contentType;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.exchange;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.WeChatError;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FaultTest extends SimulatorFixture {

  private static final String TOKEN =
      "/cgi-bin/token?grant_type=client_credential&appid=" + APP + "&secret=" + SECRET;

  @Test
  void an_errcode_takes_the_place_of_the_answer_and_does_not_burn_the_code() {
    String code = wechat.issueCode(APP, "alice");
    wechat.addFault(Fault.on(Api.JSCODE2SESSION).errcode(WeChatError.SYSTEM_ERROR).times(1));

    HttpResponse<String> busy = probe.get(exchange(code));

    assertThat(contentType(busy)).isEqualTo("text/plain");
    assertThat(busy.body()).startsWith("{\"errcode\":-1,\"errmsg\":\"system error, rid: ");
    assertThat(errcode(probe.get(exchange(code)))).isZero();
  }

  @Test
  void an_errmsg_can_be_given() {
    wechat.addFault(Fault.on(Api.TOKEN).errcode(99999).errmsg("odd").always());

    assertThat(json(probe.get(TOKEN)).path("errmsg").asText()).startsWith("odd rid: ");
  }

  @Test
  void a_fault_hits_as_often_as_it_should() {
    wechat.addFault(Fault.on(Api.TOKEN).errcode(45009).times(2));

    assertThat(errcode(probe.get(TOKEN))).isEqualTo(45009);
    assertThat(wechat.faults().getFirst().timesLeft()).contains(1);
    assertThat(errcode(probe.get(TOKEN))).isEqualTo(45009);
    assertThat(errcode(probe.get(TOKEN))).isZero();
    assertThat(wechat.faults()).isEmpty();
    assertThat(wechat.calls(Api.TOKEN)).isEqualTo(3);
  }

  @Test
  void a_fault_hits_only_its_api() {
    wechat.addFault(Fault.on(Api.STABLE_TOKEN).errcode(45009).always());

    assertThat(errcode(probe.get(TOKEN))).isZero();
    assertThat(errcode(probe.get("/cgi-bin/stable_token"))).isEqualTo(45009);
  }

  @Test
  void a_fault_hits_only_its_app() {
    wechat.addFault(Fault.onEveryApi().appId(APP).errcode(45011).always());

    assertThat(errcode(probe.get(exchange("c")))).isEqualTo(45011);
    assertThat(errcode(probe.get(exchange(OTHER_APP, OTHER_SECRET, "c")))).isEqualTo(40029);
    assertThat(errcode(probe.post("/cgi-bin/stable_token", "{\"appid\":\"" + APP + "\"}")))
        .isEqualTo(45011);
    assertThat(errcode(probe.post("/cgi-bin/stable_token", "{}"))).isEqualTo(41002);
  }

  @Test
  void a_fault_of_every_api_hits_unknown_paths_too() {
    wechat.addFault(Fault.onEveryApi().errcode(-1).always());

    assertThat(errcode(probe.get("/sns/nothing"))).isEqualTo(-1);
  }

  @Test
  void an_html_error_page_can_be_the_answer() {
    wechat.addFault(
        Fault.on(Api.JSCODE2SESSION).httpStatus(502).body("<html>Bad Gateway</html>").always());

    HttpResponse<String> answer = probe.get(exchange("c"));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(contentType(answer)).isEqualTo("text/html");
    assertThat(answer.body()).isEqualTo("<html>Bad Gateway</html>");
  }

  @Test
  void truncated_json_can_be_the_answer() {
    wechat.addFault(Fault.on(Api.JSCODE2SESSION).body("{\"session_key\":\"abc").times(1));

    HttpResponse<String> answer = probe.get(exchange("c"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(contentType(answer)).isEqualTo("text/plain");
    assertThat(answer.body()).isEqualTo("{\"session_key\":\"abc");
  }

  @Test
  void a_bare_status_has_an_empty_body() {
    wechat.addFault(Fault.on(Api.TOKEN).httpStatus(503).times(1));

    HttpResponse<String> answer = probe.get(TOKEN);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void latency_delays_the_answer() {
    wechat.addFault(Fault.on(Api.TOKEN).latency(Duration.ofMillis(300)).times(1));

    long start = System.nanoTime();
    assertThat(errcode(probe.get(TOKEN))).isZero();

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    assertThat(wechat.wireAfter(0).getLast().millis()).isGreaterThanOrEqualTo(300);
  }

  @Test
  void a_hanging_call_is_answered_when_the_faults_are_cleared_and_its_code_was_burnt() {
    String code = wechat.issueCode(APP, "alice");
    wechat.addFault(Fault.on(Api.JSCODE2SESSION).hang().times(1));

    CompletableFuture<HttpResponse<String>> hanging = probe.getLater(exchange(code));
    await().until(() -> !wechat.wireAfter(0).isEmpty());

    assertThat(wechat.wireAfter(0).getFirst().status()).isZero();
    assertThat(wechat.wireAfter(0).getFirst().note()).contains("fault f1: hang");
    assertThat(errcode(probe.get(exchange(code)))).isEqualTo(40163);
    assertThat(hanging).isNotDone();

    wechat.clearFaults();

    assertThat(hanging.orTimeout(20, TimeUnit.SECONDS).join().body()).contains("session_key");
  }

  @Test
  void clearing_the_faults_ends_latency_too() {
    wechat.addFault(Fault.on(Api.TOKEN).latency(Duration.ofHours(1)).times(1));
    CompletableFuture<HttpResponse<String>> late = probe.getLater(TOKEN);
    await().until(() -> wechat.calls(Api.TOKEN) == 1 && wechat.faults().isEmpty());

    wechat.clearFaults();

    assertThat(errcode(late.orTimeout(20, TimeUnit.SECONDS).join())).isZero();
  }

  @Test
  void closing_the_simulator_lets_hanging_calls_go() {
    wechat.addFault(Fault.on(Api.TOKEN).hang().always());
    CompletableFuture<HttpResponse<String>> hanging = probe.getLater(TOKEN);
    await().until(() -> wechat.calls(Api.TOKEN) == 1);

    wechat.close();

    await().until(hanging::isDone);
  }

  @Test
  void a_cut_connection_gives_no_byte_and_the_code_is_burnt() throws IOException {
    String code = wechat.issueCode(APP, "alice");
    wechat.addFault(Fault.on(Api.JSCODE2SESSION).cut().times(1));

    String answer = probe.raw("GET " + exchange(code) + " HTTP/1.1\nHost: api.weixin.qq.com\n\n");

    assertThat(answer).isEmpty();
    assertThat(wechat.wireAfter(0).getLast().status()).isZero();
    assertThat(errcode(probe.get(exchange(code)))).isEqualTo(40163);
  }

  @Test
  void an_answer_can_break_off() throws IOException {
    wechat.addFault(Fault.on(Api.TOKEN).body("{\"access_token\":\"ab").cut().times(1));

    String answer = probe.raw("GET " + TOKEN + " HTTP/1.1\nHost: api.weixin.qq.com\n\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .containsIgnoringCase("content-length: 20\r\n")
        .endsWith("\r\n\r\n{\"access_token\":\"ab");
  }

  @Test
  void faults_queue_up() {
    wechat.addFault(Fault.on(Api.TOKEN).errcode(-1).times(1));
    wechat.addFault(Fault.on(Api.TOKEN).errcode(45009).times(1));

    assertThat(errcode(probe.get(TOKEN))).isEqualTo(-1);
    assertThat(errcode(probe.get(TOKEN))).isEqualTo(45009);
    assertThat(errcode(probe.get(TOKEN))).isZero();
  }

  @Test
  void nonsense_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.on(Api.TOKEN).always());
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.on(Api.TOKEN).cut().times(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.on(Api.TOKEN).httpStatus(42).always());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.on(Api.TOKEN).errmsg("alone").cut().always());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.on(Api.TOKEN).errcode(1).body("both").always());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.on(Api.TOKEN).latency(Duration.ofMillis(-1)).always());
  }
}
