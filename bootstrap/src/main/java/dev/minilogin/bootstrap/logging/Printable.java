package dev.minilogin.bootstrap.logging;

/** Makes texts of any origin safe to print on a line. */
final class Printable {
  private Printable() {}

  /**
   * The text with an escape like {@code \}{@code u000a} for each line break, control character
   * (those of terminals are among them), character that formats without being seen (those that
   * reverse the direction of writing are among them), and half of a surrogate pair. Null stays
   * null.
   */
  static String of(String text) {
    if (text == null || isPrintable(text)) {
      return text;
    }
    StringBuilder printable = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            codePoint -> {
              if (isPrintable(codePoint)) {
                printable.appendCodePoint(codePoint);
              } else {
                for (char half : Character.toChars(codePoint)) {
                  printable.append("\\u%04x".formatted((int) half));
                }
              }
            });
    return printable.toString();
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return text.codePoints().allMatch(Printable::isPrintable);
      }
    }
    return true;
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
