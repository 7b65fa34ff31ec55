package dev.minilogin.adapters.web.letter;

record Hidden(String id, String token) {
  @Override
  public String toString() {
    return "Hidden[" + id + "]";
  }
}
