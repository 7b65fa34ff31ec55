package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.adapters.persistence.testing.DataInventory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An export of somebody of whom everything is known has what the inventory of columns says. */
@ExtendWith(Stage.Given.class)
class ExportHasEveryColumnTest {
  private final Stage stage;
  private final String person = WeChat.somebody();

  ExportHasEveryColumnTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void every_personal_column_is_where_the_inventory_says() throws SQLException {
    Answer login =
        stage
            .client
            .postLogin(
                Client.json(
                    "appId",
                    Stage.APP,
                    "code",
                    stage.weChat.code(Stage.APP, person),
                    "client",
                    Map.of(
                        "installId", "an-install-of-somebody",
                        "envVersion", "release",
                        "version", "1.2.3",
                        "platform", "ios",
                        "model", "iPhone 17",
                        "scene", 1001)))
            .has(201);
    String token =
        stage
            .client
            .bindPhone(login.token(), stage.weChat.phoneCode(Stage.APP, person))
            .has(200)
            .json()
            .get("session")
            .get("token")
            .asText();
    String ended = stage.logIn(Stage.SISTER_APP, person).token();
    stage.client.logOut(ended).has(204);
    stage
        .client
        .patchMe(
            token,
            Client.json(
                "nickname",
                "Ann",
                "gender",
                2,
                "province",
                "Guangdong",
                "city",
                "Shenzhen",
                "country",
                "CN",
                "language",
                "zh_CN"))
        .has(200);
    fillTheRest(Dump.hex(login.userId()), stage.simulator.openid(Stage.APP, person));
    stage.client.send(stage.client.as(token, "/v1/me/export").GET()).has(200);

    JsonNode export =
        stage.client.send(stage.client.as(token, "/v1/me/export").GET()).has(200).json();

    assertThat(DataInventory.exported()).hasSizeGreaterThan(40);
    assertThat(DataInventory.exported())
        .allSatisfy(
            column -> {
              String path = column.exportedAs().orElseThrow();
              assertThat(at(export, path)).as("%s at %s", column.name(), path).isNotEmpty();
            });
    assertThat(at(export, "profile[].field"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "nickname", "avatarUrl", "gender", "province", "city", "country", "language");
  }

  /** What takes a review, an upload, a risk rank and a push to become known. */
  private void fillTheRest(String user, String openid) throws SQLException {
    String key = "K".repeat(32);
    execute(
        "UPDATE wechat_identities SET risk_rank = 2, risk_flagged = 0, risk_ranked_at = 1"
            + " WHERE app_id = ? AND openid = ?",
        Stage.APP,
        openid);
    execute(
        "UPDATE users SET avatar_url = ?, profile_provenance ="
            + " CONCAT(profile_provenance, ';avatarUrl=USER@1'), nickname_review_id = UNHEX(?),"
            + " nickname_review_state = 'IN_REVIEW', nickname_review_value = 'Beth',"
            + " avatar_review_id = UNHEX(?), avatar_review_state = 'IN_REVIEW',"
            + " profile_cleared_at = 1 WHERE id = UNHEX(?)",
        "/avatars/" + key,
        "01".repeat(16),
        "02".repeat(16),
        user);
    execute(
        "INSERT INTO content_reviews (id, user_id, app_id, openid, field, value, source, tries,"
            + " created_at, held) VALUES (UNHEX(?), UNHEX(?), ?, ?, 'NICKNAME', 'Beth', 'USER', 0,"
            + " 1, 1)",
        "01".repeat(16),
        user,
        Stage.APP,
        openid);
    execute(
        "INSERT INTO avatars (avatar_key, user_id, added_at, shown) VALUES (?, UNHEX(?), 1, 1)",
        key,
        user);
  }

  private void execute(String sql, String... parameters) throws SQLException {
    try (Connection connection = stage.database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  /** The values at a path like {@code identities[].risk.rank}, without nulls. */
  private static List<JsonNode> at(JsonNode root, String path) {
    List<JsonNode> nodes = List.of(root);
    for (String step : path.split("\\.")) {
      String field = step.replace("[]", "");
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : nodes) {
        JsonNode value = node.get(field);
        if (value != null && step.endsWith("[]")) {
          value.forEach(next::add);
        } else if (value != null) {
          next.add(value);
        }
      }
      nodes = next;
    }
    return nodes.stream().filter(node -> !node.isNull()).toList();
  }
}
