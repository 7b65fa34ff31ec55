import { h } from '../runtime/dom.mjs'
import { startDemo } from './demo.mjs'

/** `?bare=1` is the phone's screen alone; without it the page is the demo, with the bare page in a frame. */
if (new URLSearchParams(location.search).get('bare') === '1') {
  startPhone()
} else {
  addStyleSheet('./page.css')
  startDemo().catch((error) => {
    document.body.append(h('p', { textContent: `The demo did not start: ${error.message}` }))
    throw error
  })
}

/** The runtime first, then the program that calls it: dynamic scripts keep this order only with `async` off. */
function startPhone() {
  addStyleSheet('./phone.css')
  for (const source of ['./runtime.js', './app.js']) {
    document.head.append(Object.assign(document.createElement('script'), { src: source, async: false }))
  }
}

function addStyleSheet(href) {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }))
}
