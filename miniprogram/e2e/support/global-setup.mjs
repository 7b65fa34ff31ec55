import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pack } from '../../tools/pack/pack.mjs'
import { removeLeftovers } from './data-folders.mjs'
import { DATA, DIST, PROJECT, REPORTS, SHOTS } from './folders.mjs'

/** Clears away what earlier runs left, and packs the mini program once for all specs. */
export default async function setup() {
  await removeLeftovers(DATA)
  rmSync(SHOTS, { recursive: true, force: true })
  mkdirSync(SHOTS, { recursive: true })
  // Only the logs: the runner has its report open already.
  mkdirSync(REPORTS, { recursive: true })
  for (const name of readdirSync(REPORTS).filter((file) => file.endsWith('.log'))) {
    rmSync(path.join(REPORTS, name))
  }
  await pack(PROJECT, DIST)
}
