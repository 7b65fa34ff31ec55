/** What WeChat calls: the address of our message push. */
package dev.minilogin.adapters.web.push;
