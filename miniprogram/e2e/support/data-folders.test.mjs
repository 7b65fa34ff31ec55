import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDataFolder, markOf, removeDataFolder, removeLeftovers } from './data-folders.mjs'

/** Runs until it is told to end, and says when it can be told. */
const WAIT = "process.stdout.write('up'); setInterval(() => {}, 1000)"

let root
let processes

beforeEach(() => {
  root = path.join(realpathSync(mkdtempSync(path.join(tmpdir(), 'data-folders-'))), 'e2e-data')
  processes = []
})

afterEach(() => {
  processes.forEach((child) => child.kill('SIGKILL'))
  rmSync(path.dirname(root), { recursive: true, force: true })
})

/** A process with these arguments, once it runs. */
async function start(...args) {
  const child = spawn(process.execPath, ['-e', WAIT, '--', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  processes.push(child)
  await once(child.stdout, 'data')
  return child
}

/** The data folder of a run that was killed. */
function leftover(pid = spawnSync(process.execPath, ['--version']).pid) {
  const folder = path.join(root, `${pid}-abc`)
  mkdirSync(path.join(folder, 'database', 'data'), { recursive: true })
  writeFileSync(path.join(folder, 'database', 'data', 'ibdata1'), 'rows')
  return folder
}

describe('data folders', () => {
  test('are made below the root and removed with what they hold', () => {
    const folder = createDataFolder(root)
    writeFileSync(path.join(folder, 'file'), 'x')
    expect(path.dirname(folder)).toBe(root)
    expect(createDataFolder(root)).not.toBe(folder)

    removeDataFolder(folder)

    expect(existsSync(folder)).toBe(false)
  })

  test('that a killed run left are removed, and the stack and the database in them are stopped', async () => {
    const folder = leftover()
    const stack = await start(markOf(folder), 'Main')
    const database = await start(`--datadir=${folder}/database/data`, '--port=1')
    const ends = [once(stack, 'exit'), once(database, 'exit')]

    await removeLeftovers(root)

    expect(existsSync(folder)).toBe(false)
    expect((await Promise.all(ends)).map(([, signal]) => signal)).toEqual(['SIGTERM', 'SIGTERM'])
  })

  test('of a run that is alive stay, with their processes', async () => {
    const folder = createDataFolder(root)
    const database = await start(`--datadir=${folder}/database/data`)

    await removeLeftovers(root)

    expect(existsSync(folder)).toBe(true)
    expect(database.exitCode ?? database.signalCode).toBeNull()
  })

  test('that a process only mentions do not end it', async () => {
    const folder = leftover()
    const others = [await start(`${folder}/database`), await start(`--datadir=${folder}2/data`), await start(`${markOf(folder)}2`)]

    await removeLeftovers(root)

    expect(existsSync(folder)).toBe(false)
    expect(others.map((child) => child.exitCode ?? child.signalCode)).toEqual([null, null, null])
  })

  test('need not exist', async () => {
    await removeLeftovers(root)

    expect(existsSync(root)).toBe(false)
  })
})
