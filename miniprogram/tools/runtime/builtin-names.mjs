/** The built-in components that the runtime draws; the packer refuses every other tag that is not a declared component. */
export const BUILTIN_NAMES = [
  'view', 'text', 'image', 'icon', 'label', 'navigator', 'scroll-view',
  'button', 'input', 'textarea', 'form', 'picker', 'radio', 'radio-group',
  'checkbox', 'checkbox-group', 'switch',
]

/** Tags with a meaning of their own in WXML; they make no element. */
export const STRUCTURAL_NAMES = ['block', 'slot', 'template', 'import', 'include', 'wxs']
