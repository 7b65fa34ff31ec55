package dev.minilogin.adapters.persistence.letter;

import java.util.Map;

record LetterRow(Map<String, Integer> lettersByOpenid) {}
