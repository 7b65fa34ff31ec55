import { mkdirSync, rmSync } from 'node:fs'
import { pack } from '../../tools/pack/pack.mjs'
import { removeLeftovers } from './data-folders.mjs'
import { DATA, DIST, PROJECT, REPORTS, SHOTS } from './folders.mjs'

/** Clears away what earlier runs left, and packs the mini program once for all specs. */
export default async function setup() {
  await removeLeftovers(DATA)
  for (const folder of [SHOTS, REPORTS]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }
  await pack(PROJECT, DIST)
}
