/** Pictures of users: setting one, showing one, and forgetting those that nobody needs. */
package dev.minilogin.application.avatar;
