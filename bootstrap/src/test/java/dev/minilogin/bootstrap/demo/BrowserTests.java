package dev.minilogin.bootstrap.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Runs the mini program's tests in the browser, against {@link Demo} on this JVM's Java and class
 * path. The only argument is the folder of the mini program; the exit code is the tests'.
 */
public final class BrowserTests {
  private BrowserTests() {}

  /** Runs them. */
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    ProcessBuilder npm =
        new ProcessBuilder(windows ? "npm.cmd" : "npm", "run", "e2e")
            .directory(Path.of(args[0]).toFile())
            .inheritIO();
    npm.environment().put("MINI_LOGIN_E2E_CLASSPATH", System.getProperty("java.class.path"));
    npm.environment()
        .put("MINI_LOGIN_E2E_JAVA", ProcessHandle.current().info().command().orElse("java"));
    System.exit(npm.start().waitFor());
  }
}
