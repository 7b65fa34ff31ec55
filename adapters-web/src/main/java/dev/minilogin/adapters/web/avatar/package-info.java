/** Uploading an avatar, and showing one to whoever has its address. */
package dev.minilogin.adapters.web.avatar;
