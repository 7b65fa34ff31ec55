import js from '@eslint/js'
import tseslint from 'typescript-eslint'

/** Names that a browser or Node has and a phone has not: code that uses them passes here and fails there. */
const NOT_ON_A_PHONE = [
  'window',
  'document',
  'navigator',
  'location',
  'history',
  'localStorage',
  'sessionStorage',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'FormData',
  'Blob',
  'File',
  'FileReader',
  'Headers',
  'Request',
  'Response',
  'URL',
  'URLSearchParams',
  'AbortController',
  'TextEncoder',
  'TextDecoder',
  'atob',
  'btoa',
  'crypto',
  'performance',
  'structuredClone',
  'queueMicrotask',
  'alert',
  'confirm',
  'process',
  'Buffer',
  'global',
]

/** What both Node and a browser have. */
const EVERYWHERE = [
  'AbortController',
  'AbortSignal',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'fetch',
  'globalThis',
  'performance',
  'queueMicrotask',
  'setInterval',
  'setTimeout',
  'structuredClone',
]

const IN_NODE = [...EVERYWHERE, 'Buffer', 'process']

const IN_A_BROWSER = [
  ...EVERYWHERE,
  'Blob',
  'CSS',
  'CustomEvent',
  'Element',
  'Event',
  'EventSource',
  'FileReader',
  'HTMLElement',
  'KeyboardEvent',
  'MouseEvent',
  'MutationObserver',
  'Node',
  'ResizeObserver',
  'addEventListener',
  'devicePixelRatio',
  'document',
  'getComputedStyle',
  'history',
  'innerHeight',
  'innerWidth',
  'localStorage',
  'location',
  'navigator',
  'removeEventListener',
  'requestAnimationFrame',
  'window',
]

const readonly = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']))

export default tseslint.config(
  { ignores: ['node_modules/**', 'dist/**', 'target/**', 'miniprogram/miniprogram_npm/**'] },
  {
    files: ['miniprogram/**/*.ts', 'test/**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './test/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    files: ['miniprogram/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...NOT_ON_A_PHONE],
      'no-restricted-properties': [
        'error',
        { object: 'Promise', property: 'allSettled', message: 'Older phones lack it.' },
        { object: 'Promise', property: 'any', message: 'Older phones lack it.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.property.name='finally']", message: 'Older phones lack Promise.prototype.finally.' },
      ],
      'no-console': 'error',
    },
  },
  {
    files: ['miniprogram/lib/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['../*', '!./*'], message: 'The library stands alone.' }] }],
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [js.configs.recommended],
  },
  {
    files: ['**/*.mjs'],
    ignores: ['tools/runtime/**', 'tools/page/**'],
    languageOptions: { globals: readonly(IN_NODE) },
  },
  {
    files: ['tools/runtime/**/*.mjs', 'tools/page/**/*.mjs'],
    languageOptions: { globals: readonly(IN_A_BROWSER) },
  },
)
