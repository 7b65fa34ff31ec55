import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { markOf } from './data-folders.mjs'
import { DIST, REPORTS } from './folders.mjs'
import { Simulator } from './simulator.mjs'

const MAIN_CLASS = 'dev.minilogin.bootstrap.demo.Demo'
const READY = 'MINI_LOGIN_DEMO_READY '
const START_LIMIT_MILLIS = 180_000
const STOP_LIMIT_MILLIS = 30_000

let started = 0

/**
 * Starts database, WeChat simulator, server and the packed mini program as one Java process, on free ports, with what
 * `dataFolder` holds. Its output goes to a file beside the test report.
 */
export async function startStack(dataFolder) {
  const classpath = process.env.MINI_LOGIN_E2E_CLASSPATH
  if (!classpath) throw new Error('MINI_LOGIN_E2E_CLASSPATH is not set: run the end-to-end tests with `mvn verify`')
  const log = path.join(REPORTS, `stack-${process.pid}-${++started}.log`)
  const child = spawn(process.env.MINI_LOGIN_E2E_JAVA ?? 'java', [markOf(dataFolder), '-cp', classpath, MAIN_CLASS], {
    env: {
      ...process.env,
      MINI_LOGIN_DEMO_PORT: '0',
      MINI_LOGIN_DEMO_SIMULATOR_PORT: '0',
      MINI_LOGIN_DEMO_DATA: dataFolder,
      MINI_LOGIN_DEMO_MINIPROGRAM: DIST,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stopWithTheTests = () => child.kill('SIGTERM')
  process.once('exit', stopWithTheTests)
  const exited = new Promise((resolve) => child.once('exit', resolve))
  void exited.then(() => process.off('exit', stopWithTheTests))
  const output = createWriteStream(log)
  child.stderr.pipe(output, { end: false })
  const stop = () => terminate(child, exited)
  try {
    const { server, simulator } = await ready(child, output, log)
    return { server, simulator: new Simulator(simulator), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Resolves to the addresses of the READY line. */
function ready(child, output, log) {
  return new Promise((resolve, reject) => {
    const giveUp = (reason) => reject(new Error(`The stack ${reason}; its output is in ${log}`))
    const limit = setTimeout(() => giveUp(`was not ready after ${START_LIMIT_MILLIS} ms`), START_LIMIT_MILLIS)
    child.once('error', (error) => giveUp(`did not start: ${error.message}`))
    child.once('exit', (code) => giveUp(`ended with exit code ${code}`))
    createInterface({ input: child.stdout }).on('line', (line) => {
      output.write(`${line}\n`)
      if (!line.startsWith(READY)) return
      clearTimeout(limit)
      resolve(JSON.parse(line.slice(READY.length)))
    })
  })
}

/** Asks the process to end in order and, when it does not, ends it. */
async function terminate(child, exited) {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MILLIS)
  await exited
  clearTimeout(limit)
}
