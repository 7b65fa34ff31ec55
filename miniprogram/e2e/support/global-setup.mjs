import { mkdirSync, rmSync } from 'node:fs'
import { pack } from '../../tools/pack/pack.mjs'
import { DIST, PROJECT, REPORTS, SHOTS } from './folders.mjs'

/** Packs the mini program once for all specs. */
export default async function setup() {
  for (const folder of [SHOTS, REPORTS]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }
  await pack(PROJECT, DIST)
}
