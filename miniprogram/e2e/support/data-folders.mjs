import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const STOP_LIMIT_MILLIS = 30_000
const LOOK_EVERY_MILLIS = 50

/** A new folder below `root` for a stack's data; it names this process, whose death makes it a leftover. */
export function createDataFolder(root) {
  mkdirSync(root, { recursive: true })
  return mkdtempSync(path.join(root, `${process.pid}-`))
}

export function removeDataFolder(folder) {
  rmSync(folder, { recursive: true, force: true })
}

/** The argument that makes the stack's process recognisable as the user of `folder`. */
export function markOf(folder) {
  return `-Dmini-login.e2e.data=${folder}`
}

/**
 * Removes the folders below `root` that runs left behind which were killed, after stopping the stacks and databases that
 * still use them. Folders of a run that is alive stay.
 */
export async function removeLeftovers(root) {
  if (!existsSync(root)) return
  for (const name of readdirSync(root)) {
    if (isAlive(Number.parseInt(name, 10))) continue
    const folder = path.join(root, name)
    await stopUsers(folder)
    removeDataFolder(folder)
  }
}

/** A process that has ended, but that nobody has waited for, has an id and no command line. */
function isAlive(pid) {
  return commandLines().some((process) => process.pid === pid && process.text !== '')
}

/** Asks the processes that use the folder to end and, when they do not, ends them. */
async function stopUsers(folder) {
  if (await signalUntilGone(folder, 'SIGTERM')) return
  if (await signalUntilGone(folder, 'SIGKILL')) return
  throw new Error(`The processes ${usersOf(folder).join(', ')}, which use ${folder}, do not end`)
}

async function signalUntilGone(folder, signal) {
  usersOf(folder).forEach((pid) => send(pid, signal))
  const end = Date.now() + STOP_LIMIT_MILLIS
  while (usersOf(folder).length > 0) {
    if (Date.now() >= end) return false
    await pause(LOOK_EVERY_MILLIS)
  }
  return true
}

/** The process may have ended meanwhile. */
function send(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/** A stack knows its folder by {@link markOf}, a database by its data directory inside. */
function usersOf(folder) {
  const marks = [` ${markOf(folder)} `, ` --datadir=${folder}${path.sep}`]
  return commandLines()
    .filter(({ text }) => marks.some((mark) => `${text} `.includes(mark)))
    .map(({ pid }) => pid)
}

/** The command line of every process, arguments separated by blanks. Slim Linux images lack `ps`, and macOS lacks /proc. */
function commandLines() {
  return existsSync('/proc/self/cmdline') ? fromProc() : fromPs()
}

function fromProc() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), text: readCommandLine(pid) }))
}

/** Empty for a process that has ended meanwhile. */
function readCommandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function fromPs() {
  const lines = execFileSync('ps', ['-Awwo', 'pid=,args='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split('\n')
  return lines.map((line) => ({ pid: Number.parseInt(line, 10), text: line }))
}
