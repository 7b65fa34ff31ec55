import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The miniprogram module. */
export const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
export const DIST = path.join(PROJECT, 'target', 'e2e-dist')
export const REPORTS = path.join(PROJECT, 'target', 'e2e-reports')
/** The stacks' databases, keys and settings. */
export const DATA = path.join(PROJECT, 'target', 'e2e-data')
export const SHOTS = path.join(PROJECT, 'e2e', 'shots')
