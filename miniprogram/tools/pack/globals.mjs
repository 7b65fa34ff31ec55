/**
 * Names that exist in a browser and not on a phone's JavaScript core. The packed program's modules see them as
 * undefined, so that an accidental use fails in the tests and not first on a phone.
 */
export const SHADOWED_GLOBALS = [
  'window', 'self', 'top', 'parent', 'frames', 'document', 'location', 'navigator', 'history', 'screen', 'localStorage',
  'sessionStorage', 'indexedDB', 'caches', 'cookieStore', 'crypto', 'performance', 'fetch', 'Request', 'Response', 'Headers',
  'FormData', 'Blob', 'File', 'FileReader', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'URL', 'URLSearchParams',
  'TextEncoder', 'TextDecoder', 'AbortController', 'AbortSignal', 'Event', 'EventTarget', 'CustomEvent', 'MessageChannel',
  'BroadcastChannel', 'Image', 'Element', 'HTMLElement', 'Node', 'MutationObserver', 'ResizeObserver', 'IntersectionObserver',
  'atob', 'btoa', 'structuredClone', 'queueMicrotask', 'setImmediate', 'requestAnimationFrame', 'requestIdleCallback', 'alert',
  'confirm', 'prompt', 'open', 'close', 'print', 'postMessage', 'addEventListener', 'removeEventListener', 'dispatchEvent',
  'matchMedia', 'getComputedStyle', 'name', 'status', 'event', 'origin', 'process', 'Buffer', 'global',
]

/** What a mini program has instead; the runtime hands them in. */
export const PROVIDED_GLOBALS = ['wx', 'App', 'Page', 'Component', 'Behavior', 'getApp', 'getCurrentPages', 'globalThis', '__wxConfig']
