/** What WeChat pushes: taking it in, letting it take effect, and letting it do so again. */
package dev.minilogin.application.push;
