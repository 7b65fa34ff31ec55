package dev.minilogin.domain.letter;

public record InstallName(String value) {
  @Override
  public String toString() {
    return "InstallName[masked]";
  }
}
