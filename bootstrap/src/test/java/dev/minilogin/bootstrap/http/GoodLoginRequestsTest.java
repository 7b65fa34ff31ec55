package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Login requests that are unusual and right all the same. */
@ExtendWith(Stage.Given.class)
class GoodLoginRequestsTest {
  private final Stage stage;

  GoodLoginRequestsTest(Stage stage) {
    this.stage = stage;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"client\":null",
        "\"client\":{}",
        "\"client\":{\"model\":null,\"scene\":null}",
        "\"client\":{\"model\":\"\",\"installId\":\" \"}",
        "\"client\":{\"model\":\"红米 📱\",\"scene\":-1}",
        "\"client\":{\"newInSomeLaterClient\":[1,{}]}",
        "\"newInSomeLaterClient\":{\"a\":[null]}"
      })
  void a_client_may_say_less_or_more_of_itself(String more) {
    String code = stage.weChat.code(Stage.APP);

    stage
        .client
        .postLogin("{\"appId\":\"" + Stage.APP + "\",\"code\":\"" + code + "\"," + more + "}")
        .has(201);
  }

  @Test
  void of_a_field_that_is_there_twice_one_counts() {
    String code = stage.weChat.code(Stage.APP);

    Answer answer =
        stage.client.postLogin(
            "{\"appId\":\"wx\",\"appId\":\"" + Stage.APP + "\",\"code\":\"" + code + "\"}");

    assertThat(answer.status()).isIn(201, 400);
  }

  @Test
  void a_token_that_is_sent_along_is_not_looked_at() {
    String code = stage.weChat.code(Stage.APP);

    stage
        .client
        .send(
            stage
                .client
                .as("junk", "/v1/sessions")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Client.json("appId", Stage.APP, "code", code))))
        .has(201);
  }

  @Test
  void spaces_around_the_body_hurt_nobody() {
    String code = stage.weChat.code(Stage.APP);

    stage
        .client
        .postLogin(" \r\n\t" + Client.json("appId", Stage.APP, "code", code) + "\n ")
        .has(201);
  }
}
