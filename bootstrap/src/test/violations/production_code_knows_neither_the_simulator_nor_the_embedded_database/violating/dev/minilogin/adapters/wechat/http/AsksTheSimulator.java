package dev.minilogin.adapters.wechat.http;

import dev.minilogin.simulator.WeChatSimulator;

final class AsksTheSimulator {
  private WeChatSimulator simulator;
}
