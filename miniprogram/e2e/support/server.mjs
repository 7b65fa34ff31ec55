/** Calls the server as the holder of `token`, past the phone; answers `{status, body}`. */
export async function callServer(stack, token, method, path) {
  const response = await fetch(stack.server + path, { method, headers: { authorization: `Bearer ${token}` } })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}
