#!/usr/bin/env node
import path from 'node:path'
import { pack } from './pack.mjs'
import { PackError } from './problems.mjs'

const [projectRoot, dist] = process.argv.slice(2)
if (!projectRoot || !dist) {
  console.error('usage: node tools/pack/cli.mjs <projectRoot> <dist>')
  process.exit(2)
}
try {
  const started = Date.now()
  await pack(projectRoot, dist)
  console.log(`packed ${path.resolve(projectRoot)} into ${path.resolve(dist)} in ${Date.now() - started} ms`)
} catch (error) {
  if (!(error instanceof PackError)) throw error
  console.error(`${error.message}\n${error.problems.length} problem(s), nothing was written`)
  process.exit(1)
}
